package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Optional;

/** Links to files elsewhere have no content to fetch. */
final class NoReferences implements Rule {
  @Override
  public String name() {
    return "KIND";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    return attachment.kind() != Attachment.Kind.REFERENCE
        ? Optional.empty()
        : Optional.of(
            new Verdict.Reject(
                name(), Reason.REFERENCE_NOT_FETCHED, "a link to a file that is stored elsewhere"));
  }
}
