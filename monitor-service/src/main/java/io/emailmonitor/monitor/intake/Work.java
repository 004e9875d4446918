package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.content.Contained;
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
 * @param incomplete ids of the settled ones in which there are others without an outcome
 * @param note for the record, when the message did not come the usual way
 * @param recheck whether the message is done as long as there is no other attachment
 */
record Work(
    Mail mail,
    String folder,
    Instant firstSeenAt,
    int attempts,
    Set<String> settled,
    Set<String> incomplete,
    @Nullable String note,
    boolean recheck) {
  Work with(Mail read) {
    return new Work(read, folder, firstSeenAt, attempts, settled, incomplete, note, recheck);
  }

  static Work first(Mail mail, String folder, Instant now) {
    return new Work(mail, folder, now, 0, Set.of(), Set.of(), null, false);
  }

  /** One that the changes have not brought. */
  static Work missing(Mail mail, String folder, Instant now) {
    String note = "found by reconciliation at " + now + ": the folder's changes had not brought it";
    return new Work(mail, folder, now, 0, Set.of(), Set.of(), note, false);
  }

  /** One that is done, unless there are more attachments now than before. */
  static Work recheck(MailRecord mail, Instant now) {
    String note = "later attachments were found by reconciliation at " + now;
    return new Work(
        mail.mail(), mail.folder(), mail.firstSeenAt(), 0, settled(mail), Set.of(), note, true);
  }

  static Work again(MailRecord mail) {
    return new Work(
        mail.mail(),
        mail.folder(),
        mail.firstSeenAt(),
        mail.attempts(),
        settled(mail),
        incomplete(mail),
        null,
        false);
  }

  /** As when the process ended in between, or one of the inner ones is replayed. */
  private static Set<String> incomplete(MailRecord mail) {
    return mail.attachments().stream()
        .filter(outer -> outer.contained() != null && outer.contained() > within(mail, outer))
        .map(AttachmentRecord::attachmentId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static long within(MailRecord mail, AttachmentRecord outer) {
    return mail.attachments().stream()
        .filter(inner -> Contained.isWithin(inner.attachmentId(), outer.attachmentId()))
        .count();
  }

  private static Set<String> settled(MailRecord mail) {
    return mail.attachments().stream()
        .map(AttachmentRecord::attachmentId)
        .collect(Collectors.toUnmodifiableSet());
  }
}
