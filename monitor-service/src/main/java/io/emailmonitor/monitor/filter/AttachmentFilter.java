package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.List;
import java.util.Optional;

/** Judges attachments by all rules; the first that objects gives the reason. Immutable. */
public final class AttachmentFilter {
  private final List<Rule> rules;

  public AttachmentFilter(FilterSettings settings) {
    rules =
        List.of(
            new NoReferences(),
            new AllowedSenders(settings.allowedSenders()),
            new InlineRule(settings.inline()),
            new WantedTypes(settings.fileTypes()),
            new ListedSize(settings.maxSize()));
  }

  public Verdict judge(Mail mail, Attachment attachment) {
    for (Rule rule : rules) {
      Optional<Verdict.Reject> objection = rule.objection(mail, attachment);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new Verdict.Accept();
  }
}
