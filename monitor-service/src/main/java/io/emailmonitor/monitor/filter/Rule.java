package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Optional;

/** One reason to turn attachments away. */
interface Rule {
  /** Empty when this rule has nothing against it. */
  Optional<Verdict.Reject> objection(Mail mail, Attachment attachment);
}
