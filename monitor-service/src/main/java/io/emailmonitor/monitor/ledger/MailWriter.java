package io.emailmonitor.monitor.ledger;

import io.emailmonitor.model.TaskId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Writes messages and their attachments within one transaction. */
final class MailWriter {
  private static final String UPDATE =
      "UPDATE messages SET header_key = :headerKey, internet_message_id = :header,"
          + " subject = :subject, sender_name = :senderName, sender_address = :senderAddress,"
          + " received_at = :received, state = :state, worked_at = :worked,"
          + " attempts = :attempts, next_attempt_at = :next, problem = :problem,"
          + " note = COALESCE(:note, note), mail_folder_id = COALESCE(mail_folder_id, :folderId)"
          + " WHERE message_key = :key";
  private static final String INSERT =
      "INSERT INTO messages (message_key, id_key, header_key, mailbox, folder, message_id,"
          + " internet_message_id, subject, sender_name, sender_address, received_at, state,"
          + " first_seen_at, worked_at, attempts, next_attempt_at, problem, note, mail_folder_id)"
          + " VALUES (:key, :idKey, :headerKey, :mailbox, :folder, :id, :header, :subject,"
          + " :senderName, :senderAddress, :received, :state, :seen, :worked, :attempts, :next,"
          + " :problem, :note, :folderId)";
  private static final String INSERT_ATTACHMENT =
      "INSERT INTO attachments (attachment_key, message_key, place, attachment_id, name, kind,"
          + " content_type, detected_type, size_bytes, is_inline, outcome, reason, detail,"
          + " handed_on, sha256, stored_at, recorded_at, waited_from, mismatch, contained)"
          + " VALUES (:key, :message, :place, :id, :name, :kind, :contentType, :detectedType,"
          + " :size, :inline, :outcome, :reason, :detail, :handedOn, :sha256, :storedAt,"
          + " :recorded, :waitedFrom, :mismatch, :contained)";

  /** H2 refuses longer texts; nobody reads them to the end. */
  private static final int MAX_TEXT = 1_000_000;

  private final Handle handle;
  private final Instant now;
  private final boolean followUp;

  /**
   * @param followUp whether something is done with messages when they are done
   */
  MailWriter(Handle handle, Instant now, boolean followUp) {
    this.handle = handle;
    this.now = now;
    this.followUp = followUp;
  }

  void write(List<MailRecord> mails) {
    for (MailRecord mail : mails) {
      String key = Fingerprint.ofMessage(mail.mailbox(), mail.mail().id());
      boolean isNew = bind(handle.createUpdate(UPDATE), key, mail).execute() == 0;
      if (isNew) {
        bindOrigin(bind(handle.createUpdate(INSERT), key, mail), mail).execute();
      }
      writeAttachments(key, mail, isNew ? Set.of() : recorded(key));
      if (followUp && mail.state() == MailRecord.State.DONE) {
        JdbiFollowUps.begin(handle, key, now);
      }
    }
  }

  private <T extends SqlStatement<T>> T bind(T statement, String key, MailRecord mail) {
    String header = mail.mail().internetMessageId();
    return statement
        .bind("key", key)
        .bind("headerKey", header == null ? null : Fingerprint.ofHeader(header))
        .bind("header", fit(header))
        .bind("subject", fit(mail.mail().subject()))
        .bind("senderName", fit(mail.mail().senderName()))
        .bind("senderAddress", fit(mail.mail().senderAddress()))
        .bind("received", mail.mail().receivedAt())
        .bind("state", mail.state().name())
        .bind("worked", now)
        .bind("attempts", mail.attempts())
        .bindByType("next", mail.nextAttemptAt(), Instant.class)
        .bind("problem", fit(mail.problem()))
        .bind("note", mail.note())
        .bind("folderId", mail.mail().folderId());
  }

  private static <T extends SqlStatement<T>> T bindOrigin(T statement, MailRecord mail) {
    return statement
        .bind("idKey", Fingerprint.of(mail.mail().id()))
        .bind("mailbox", mail.mailbox())
        .bind("folder", mail.folder())
        .bind("id", mail.mail().id())
        .bind("seen", mail.firstSeenAt());
  }

  private Set<String> recorded(String messageKey) {
    return new HashSet<>(
        handle
            .createQuery("SELECT attachment_key FROM attachments WHERE message_key = :key")
            .bind("key", messageKey)
            .mapTo(String.class)
            .list());
  }

  private void writeAttachments(String messageKey, MailRecord mail, Set<String> recorded) {
    PreparedBatch batch = handle.prepareBatch(INSERT_ATTACHMENT);
    int place = recorded.size();
    for (AttachmentRecord attachment : mail.attachments()) {
      String key = TaskId.of(mail.mailbox(), mail.mail().id(), attachment.attachmentId());
      if (!recorded.contains(key)) {
        bindAttachment(batch, key, messageKey, place++, attachment).add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static PreparedBatch bindAttachment(
      PreparedBatch batch, String key, String messageKey, int place, AttachmentRecord attachment) {
    return batch
        .bind("key", key)
        .bind("message", messageKey)
        .bind("place", place)
        .bind("id", attachment.attachmentId())
        .bind("name", fit(attachment.name()))
        .bind("kind", attachment.kind().name())
        .bind("contentType", fit(attachment.contentType()))
        .bind("detectedType", attachment.detectedType())
        .bind("size", attachment.size())
        .bind("inline", attachment.inline())
        .bind("outcome", attachment.outcome().name())
        .bind("reason", attachment.reason())
        .bind("detail", fit(attachment.detail()))
        .bind("handedOn", attachment.taskId() != null)
        .bind("sha256", attachment.sha256())
        .bind("storedAt", attachment.storedAt())
        .bind("recorded", attachment.recordedAt())
        .bindByType("waitedFrom", attachment.waitedFrom(), Instant.class)
        .bind("mismatch", attachment.mismatch())
        .bind("contained", attachment.contained());
  }

  private static @Nullable String fit(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
