package io.emailmonitor.monitor.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads messages together with their attachments, in two queries however many they are. */
final class MailRows {
  private static final String ATTACHMENTS =
      "SELECT a.*, r.outcome AS result_outcome, r.attempt, r.worker, r.duration_ms,"
          + " r.reason AS result_reason, r.settled_at"
          + " FROM attachments a LEFT JOIN task_results r ON r.task_id = a.attachment_key"
          + " WHERE a.message_key IN (<keys>) ORDER BY a.place";

  private MailRows() {}

  static List<MailRecord> read(Handle handle, Query messages) {
    Map<String, MailRecord> byKey = new LinkedHashMap<>();
    messages
        .map(
            (row, context) -> byKey.put(row.getString("message_key"), Columns.mail(row, List.of())))
        .list();
    if (byKey.isEmpty()) {
      return List.of();
    }
    Map<String, List<AttachmentRecord>> attachments = attachments(handle, byKey);
    List<MailRecord> mails = new ArrayList<>();
    byKey.forEach(
        (key, mail) -> mails.add(mail.withAttachments(attachments.getOrDefault(key, List.of()))));
    return mails;
  }

  private static Map<String, List<AttachmentRecord>> attachments(
      Handle handle, Map<String, MailRecord> byKey) {
    Map<String, List<AttachmentRecord>> attachments = new HashMap<>();
    handle
        .createQuery(ATTACHMENTS)
        .bindList("keys", byKey.keySet())
        .map(
            (row, context) ->
                attachments
                    .computeIfAbsent(row.getString("message_key"), key -> new ArrayList<>())
                    .add(Columns.attachment(row)))
        .list();
    return attachments;
  }
}
