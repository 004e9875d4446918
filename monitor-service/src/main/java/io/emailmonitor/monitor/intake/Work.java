package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Mail;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A message to work on, and what earlier attempts have left.
 *
 * @param attempts how many have failed
 * @param settled ids of the attachments that have their outcome
 */
record Work(Mail mail, String folder, Instant firstSeenAt, int attempts, Set<String> settled) {
  Work with(Mail read) {
    return new Work(read, folder, firstSeenAt, attempts, settled);
  }

  static Work first(Mail mail, String folder, Instant now) {
    return new Work(mail, folder, now, 0, Set.of());
  }

  static Work again(MailRecord mail) {
    Set<String> settled =
        mail.attachments().stream()
            .map(AttachmentRecord::attachmentId)
            .collect(Collectors.toUnmodifiableSet());
    return new Work(mail.mail(), mail.folder(), mail.firstSeenAt(), mail.attempts(), settled);
  }
}
