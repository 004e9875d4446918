package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the ledger's rows. */
final class Columns {
  private Columns() {}

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Mail mail(ResultSet row) throws SQLException {
    return new Mail(
        row.getString("message_id"),
        row.getString("internet_message_id"),
        row.getString("subject"),
        row.getString("sender_name"),
        row.getString("sender_address"),
        required(row, "received_at"),
        row.getString("mail_folder_id"));
  }

  static MailRecord mail(ResultSet row, List<AttachmentRecord> attachments) throws SQLException {
    return new MailRecord(
        row.getString("mailbox"),
        row.getString("folder"),
        mail(row),
        MailRecord.State.valueOf(row.getString("state")),
        required(row, "first_seen_at"),
        row.getInt("attempts"),
        instant(row, "next_attempt_at"),
        row.getString("problem"),
        row.getString("note"),
        attachments);
  }

  static AttachmentRecord attachment(ResultSet row) throws SQLException {
    return new AttachmentRecord(
        row.getString("attachment_id"),
        row.getString("name"),
        Attachment.Kind.valueOf(row.getString("kind")),
        row.getString("content_type"),
        row.getString("detected_type"),
        row.getLong("size_bytes"),
        row.getBoolean("is_inline"),
        Outcome.valueOf(row.getString("outcome")),
        row.getString("reason"),
        row.getString("detail"),
        row.getBoolean("handed_on") ? row.getString("attachment_key") : null,
        row.getString("sha256"),
        row.getString("stored_at"),
        required(row, "recorded_at"),
        instant(row, "waited_from"),
        result(row),
        row.getString("mismatch"),
        row.getObject("contained", Integer.class),
        instant(row, "removed_at"));
  }

  /** Of a row that joins an attachment with what became of its task. */
  private static @Nullable TaskResult result(ResultSet row) throws SQLException {
    Instant at = instant(row, "settled_at");
    if (at == null) {
      return null;
    }
    long millis = row.getLong("duration_ms");
    Duration duration = row.wasNull() ? null : Duration.ofMillis(millis);
    return new TaskResult(
        row.getString("attachment_key"),
        row.getString("result_outcome"),
        row.getInt("attempt"),
        row.getString("worker"),
        duration,
        row.getString("result_reason"),
        at);
  }

  static FolderRecord folder(ResultSet row) throws SQLException {
    String link = row.getString("cursor_link");
    return new FolderRecord(
        new MailFolder(row.getString("folder_id"), row.getString("name")),
        link == null ? null : new Cursor(link));
  }

  static MailboxRecord mailbox(ResultSet row) throws SQLException {
    return new MailboxRecord(
        row.getString("address"),
        row.getString("parked_reason"),
        instant(row, "next_check_at"),
        instant(row, "last_sync_at"),
        row.getString("problem"),
        instant(row, "reconciled_at"),
        row.getInt("missing"),
        row.getInt("late"));
  }
}
