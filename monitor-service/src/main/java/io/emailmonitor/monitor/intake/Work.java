package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Mail;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message to work on, and what earlier attempts have left.
 *
 * @param attempts how many have failed
 * @param settled ids of the attachments that have their outcome
 * @param note for the record, when the message did not come the usual way
 * @param recheck whether the message is done as long as there is no other attachment
 */
record Work(
    Mail mail,
    String folder,
    Instant firstSeenAt,
    int attempts,
    Set<String> settled,
    @Nullable String note,
    boolean recheck) {
  Work with(Mail read) {
    return new Work(read, folder, firstSeenAt, attempts, settled, note, recheck);
  }

  static Work first(Mail mail, String folder, Instant now) {
    return new Work(mail, folder, now, 0, Set.of(), null, false);
  }

  /** One that the changes have not brought. */
  static Work missing(Mail mail, String folder, Instant now) {
    String note = "found by reconciliation at " + now + ": the folder's changes had not brought it";
    return new Work(mail, folder, now, 0, Set.of(), note, false);
  }

  /** One that is done, unless there are more attachments now than before. */
  static Work recheck(MailRecord mail, Instant now) {
    String note = "later attachments were found by reconciliation at " + now;
    return new Work(mail.mail(), mail.folder(), mail.firstSeenAt(), 0, settled(mail), note, true);
  }

  static Work again(MailRecord mail) {
    return new Work(
        mail.mail(),
        mail.folder(),
        mail.firstSeenAt(),
        mail.attempts(),
        settled(mail),
        null,
        false);
  }

  private static Set<String> settled(MailRecord mail) {
    return mail.attachments().stream()
        .map(AttachmentRecord::attachmentId)
        .collect(Collectors.toUnmodifiableSet());
  }
}
