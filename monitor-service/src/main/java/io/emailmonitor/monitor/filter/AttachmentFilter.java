package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges attachments by all rules; the first that objects gives the reason. Immutable. */
public final class AttachmentFilter {
  private final List<Rule> rules;
  private final List<Rule> ofContainers;
  private final List<Rule> ofDamaged;
  private final Set<Format> opened;
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
    ofContainers = all.stream().filter(rule -> rule.scope() == Rule.Scope.ALL).toList();
    ofDamaged = all.stream().filter(rule -> rule.scope() != Rule.Scope.CLOSED).toList();
    opened = settings.opened();
  }

  /**
   * Judges by what is listed, as {@link #explain} tells. Of what is opened, only by those rules
   * that do not speak of files: what is in it is judged by itself.
   */
  public Verdict judge(Mail mail, Attachment attachment) {
    return judge(format(attachment).isPresent() ? ofContainers : rules, mail, attachment);
  }

  /**
   * Judges by all rules what was looked into for others and may be handed on as it is.
   *
   * @param detectedType null when it is empty
   */
  public Verdict judgeWhole(Mail mail, Attachment attachment, @Nullable String detectedType) {
    Verdict listed = judge(rules, mail, attachment);
    return listed instanceof Verdict.Accept ? judgeContent(attachment, detectedType) : listed;
  }

  /**
   * Judges what should have been opened and could not be. Its name and type say nothing of what is
   * in it, so that only a rule which excludes that name can be against it.
   */
  public Verdict judgeDamaged(Mail mail, Attachment wrapper) {
    return judge(ofDamaged, mail, wrapper);
  }

  /**
   * Judges what {@link #judge} had nothing against once more, when its first bytes are known.
   *
   * @param detectedType null when it is empty
   */
  public Verdict judgeContent(Attachment attachment, @Nullable String detectedType) {
    return Verdict.of(types.objectionToContent(attachment, detectedType));
  }

  /** As what it is looked into for others; empty when it is left closed. */
  public Optional<Format> format(Attachment attachment) {
    return Format.of(attachment).filter(opened::contains);
  }

  /** What is looked into for others. */
  public Set<Format> opened() {
    return opened;
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

  /** What each rule says that is asked when an attachment is listed. */
  public Explanation explain(Mail mail, Attachment attachment) {
    boolean isOpened = format(attachment).isPresent();
    return new Explanation(
        (isOpened ? ofContainers : rules)
            .stream()
                .map(rule -> Opinion.of(rule.name(), rule.objection(mail, attachment)))
                .toList(),
        isOpened);
  }

  /** The rules about mailboxes, which are asked before any mail is read. */
  public MailboxFilter mailboxes() {
    return mailboxes;
  }
}
