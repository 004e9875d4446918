package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges attachments by all rules; the first that objects gives the reason. Immutable. */
public final class AttachmentFilter {
  private final List<Rule> rules;
  private final WantedTypes types;
  private final LeastSize leastSize;
  private final MailboxFilter mailboxes;

  public AttachmentFilter(FilterSettings settings) {
    PatternRules patterns = settings.patterns();
    mailboxes = new MailboxFilter(patterns.mailboxes());
    leastSize = new LeastSize(patterns.minSize());
    types = new WantedTypes(settings.fileTypes(), settings.byContent());
    List<Rule> all = new ArrayList<>();
    all.add(new NoReferences());
    if (!settings.allowedSenders().isEmpty()) {
      all.add(new AllowedSenders(settings.allowedSenders()));
    }
    PatternRule.of(Facet.SENDERS, patterns.senders())
        .forEach(rule -> all.add(Rule.of(rule, (mail, attachment) -> mail.senderAddress())));
    PatternRule.of(Facet.SUBJECTS, patterns.subjects())
        .forEach(rule -> all.add(Rule.of(rule, (mail, attachment) -> mail.subject())));
    all.add(new InlineRule(settings.inline()));
    all.add(types);
    PatternRule.of(Facet.FILES, patterns.files()).forEach(rule -> all.add(Rule.ofFiles(rule)));
    if (patterns.minSize() > 0) {
      all.add(leastSize);
    }
    all.add(new ListedSize(settings.maxSize()));
    rules = List.copyOf(all);
  }

  /** Judges by what is listed. */
  public Verdict judge(Mail mail, Attachment attachment) {
    return judge(rules, mail, attachment);
  }

  /** Judges what is there to carry others, each of which is judged by itself. */
  public Verdict judgeWrapper(Mail mail, Attachment attachment) {
    return judge(rules.stream().filter(Rule::concernsWrappers).toList(), mail, attachment);
  }

  /**
   * Judges what {@link #judge} had nothing against once more, when its first bytes are known.
   *
   * @param detectedType null when it is empty
   */
  public Verdict judgeContent(Attachment attachment, @Nullable String detectedType) {
    return types
        .objectionToContent(attachment, detectedType)
        .<Verdict>map(reject -> reject)
        .orElseGet(Verdict.Accept::new);
  }

  private static Verdict judge(List<Rule> rules, Mail mail, Attachment attachment) {
    for (Rule rule : rules) {
      Optional<Verdict.Reject> objection = rule.objection(mail, attachment);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new Verdict.Accept();
  }

  /** Judges once more what only the content shows: how many bytes there really are. */
  public Verdict judgeContent(long bytes) {
    return Verdict.of(leastSize.objection(bytes));
  }

  public Explanation explain(Mail mail, Attachment attachment) {
    return new Explanation(
        rules.stream()
            .map(rule -> Opinion.of(rule.name(), rule.objection(mail, attachment)))
            .toList());
  }

  /** The rules about mailboxes, which are asked before any mail is read. */
  public MailboxFilter mailboxes() {
    return mailboxes;
  }
}
