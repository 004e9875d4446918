package io.emailmonitor.monitor.ledger;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@link Journal} in SQL. */
final class JdbiJournal implements Journal {
  private static final int FORGET_AT_ONCE = 500;

  /** No attempt is put off for longer: what seems to be was so under a clock that was wrong. */
  static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Jdbi jdbi;
  private final Clock clock;

  JdbiJournal(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public Set<String> known(Mailbox mailbox, Collection<String> messageIds) {
    if (messageIds.isEmpty()) {
      return Set.of();
    }
    Map<String, String> idByKey = byKey(mailbox, messageIds);
    Set<String> known = new HashSet<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT message_key FROM messages WHERE message_key IN (<keys>)"
                        + " UNION SELECT message_key FROM forgotten WHERE message_key IN (<keys>)")
                .bindList("keys", idByKey.keySet())
                .mapTo(String.class)
                .forEach(key -> known.add(idByKey.get(key))));
    return known;
  }

  @Override
  public List<MailRecord> records(Mailbox mailbox, Collection<String> messageIds) {
    return messageIds.isEmpty()
        ? List.of()
        : jdbi.withHandle(
            handle ->
                MailRows.read(
                    handle,
                    handle
                        .createQuery("SELECT * FROM messages WHERE message_key IN (<keys>)")
                        .bindList("keys", byKey(mailbox, messageIds).keySet())));
  }

  @Override
  public List<MailRecord> due(Mailbox mailbox, Instant now, int limit) {
    String longestDueFirst =
        "SELECT * FROM messages WHERE mailbox = :mailbox"
            + " AND (next_attempt_at <= :now OR next_attempt_at > :never)"
            + " ORDER BY next_attempt_at, message_key LIMIT :limit";
    return jdbi.withHandle(
        handle ->
            MailRows.read(
                handle,
                handle
                    .createQuery(longestDueFirst)
                    .bind("mailbox", mailbox.address())
                    .bind("now", now)
                    .bind("never", now.plus(LONGEST_WAIT))
                    .bind("limit", limit)));
  }

  @Override
  public void record(List<MailRecord> mails, boolean followUp) {
    Instant now = clock.instant();
    jdbi.useTransaction(handle -> new MailWriter(handle, now, followUp).write(mails));
  }

  @Override
  public void begin(Mailbox mailbox, Collection<String> messageIds) {
    Map<String, Integer> before = unended(mailbox, messageIds);
    jdbi.useTransaction(
        handle -> {
          for (String id : messageIds) {
            String sql =
                before.containsKey(id)
                    ? "UPDATE begun SET times = times + 1 WHERE message_key = ?"
                    : "INSERT INTO begun (message_key, times) VALUES (?, 1)";
            handle.execute(sql, Fingerprint.ofMessage(mailbox.address(), id));
          }
        });
  }

  @Override
  public void end(Mailbox mailbox, Collection<String> messageIds) {
    if (!messageIds.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate("DELETE FROM begun WHERE message_key IN (<keys>)")
                  .bindList("keys", byKey(mailbox, messageIds).keySet())
                  .execute());
    }
  }

  @Override
  public Map<String, Integer> unended(Mailbox mailbox, Collection<String> messageIds) {
    if (messageIds.isEmpty()) {
      return Map.of();
    }
    Map<String, String> idByKey = byKey(mailbox, messageIds);
    Map<String, Integer> times = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM begun WHERE message_key IN (<keys>)")
                .bindList("keys", idByKey.keySet())
                .map(
                    (row, context) ->
                        times.put(idByKey.get(row.getString("message_key")), row.getInt("times")))
                .list());
    return times;
  }

  private static Map<String, String> byKey(Mailbox mailbox, Collection<String> messageIds) {
    Map<String, String> idByKey = new HashMap<>();
    messageIds.forEach(id -> idByKey.put(Fingerprint.ofMessage(mailbox.address(), id), id));
    return idByKey;
  }

  @Override
  public void reopen(MailRecord mail, Collection<AttachmentRecord> attachments, String note) {
    List<String> keys =
        attachments.stream()
            .map(a -> TaskId.of(mail.mailbox(), mail.mail().id(), a.attachmentId()))
            .toList();
    String due =
        "UPDATE messages SET state = :state, attempts = 0, next_attempt_at = :now,"
            + " problem = NULL, note = :note WHERE message_key = :key";
    jdbi.useTransaction(
        handle -> {
          if (!keys.isEmpty()) {
            handle
                .createUpdate("DELETE FROM attachments WHERE attachment_key IN (<keys>)")
                .bindList("keys", keys)
                .execute();
            handle
                .createUpdate("DELETE FROM task_results WHERE task_id IN (<keys>)")
                .bindList("keys", keys)
                .execute();
          }
          handle
              .createUpdate(due)
              .bind("state", MailRecord.State.RETRYING.name())
              .bind("now", clock.instant())
              .bind("note", note)
              .bind("key", Fingerprint.ofMessage(mail.mailbox(), mail.mail().id()))
              .execute();
        });
  }

  @Override
  public Optional<FolderRecord> folder(Mailbox mailbox, String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM folders WHERE mailbox = :mailbox AND name = :name")
                .bind("mailbox", mailbox.address())
                .bind("name", name)
                .map((row, context) -> Columns.folder(row))
                .findOne());
  }

  @Override
  public void saveCursor(Mailbox mailbox, MailFolder folder, @Nullable Cursor cursor) {
    String update =
        "UPDATE folders SET folder_id = :id, cursor_link = :link"
            + " WHERE mailbox = :mailbox AND name = :name";
    String insert =
        "INSERT INTO folders (mailbox, name, folder_id, cursor_link)"
            + " VALUES (:mailbox, :name, :id, :link)";
    jdbi.useTransaction(
        handle -> {
          for (String sql : List.of(update, insert)) {
            int rows =
                handle
                    .createUpdate(sql)
                    .bind("mailbox", mailbox.address())
                    .bind("name", folder.name())
                    .bind("id", folder.id())
                    .bind("link", cursor == null ? null : cursor.link())
                    .execute();
            if (rows > 0) {
              return;
            }
          }
        });
  }

  @Override
  public void dropFolder(Mailbox mailbox, String name) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("DELETE FROM folders WHERE mailbox = :mailbox AND name = :name")
                .bind("mailbox", mailbox.address())
                .bind("name", name)
                .execute());
  }

  @Override
  public void watch(Collection<String> entries, Discovery found) {
    jdbi.useTransaction(handle -> new WatchedRows(handle).write(entries, found));
  }

  @Override
  public Optional<Discovery> watched(Collection<String> entries) {
    return jdbi.withHandle(handle -> new WatchedRows(handle).read(entries));
  }

  @Override
  public void saveMailboxes(Collection<MailboxRecord> mailboxes) {
    String update =
        "UPDATE mailboxes SET parked_reason = :parked, next_check_at = :next,"
            + " last_sync_at = :sync, problem = :problem, reconciled_at = :reconciled,"
            + " missing = :missing, late = :late WHERE address = :address";
    jdbi.useTransaction(
        handle -> {
          for (MailboxRecord mailbox : mailboxes) {
            handle
                .createUpdate(update)
                .bind("parked", mailbox.parkedReason())
                .bindByType("next", mailbox.nextCheckAt(), Instant.class)
                .bindByType("sync", mailbox.lastSyncAt(), Instant.class)
                .bind("problem", mailbox.problem())
                .bindByType("reconciled", mailbox.reconciledAt(), Instant.class)
                .bind("missing", mailbox.missing())
                .bind("late", mailbox.late())
                .bind("address", mailbox.address())
                .execute();
          }
        });
  }

  @Override
  public int forget(Instant before) {
    int forgotten = 0;
    int batch = FORGET_AT_ONCE;
    while (batch == FORGET_AT_ONCE) {
      batch = jdbi.inTransaction(handle -> forgetSome(handle, before));
      forgotten += batch;
    }
    forgetResults(before);
    return forgotten;
  }

  /** Those of recorded attachments stay as long as their records, however old they are. */
  private void forgetResults(Instant before) {
    String unrecorded =
        "DELETE FROM task_results WHERE settled_at < :before AND NOT EXISTS"
            + " (SELECT 1 FROM attachments a WHERE a.attachment_key = task_results.task_id)";
    jdbi.useHandle(handle -> handle.createUpdate(unrecorded).bind("before", before).execute());
  }

  private static int forgetSome(Handle handle, Instant before) {
    List<String> keys =
        handle
            .createQuery(
                "SELECT message_key FROM messages"
                    + " WHERE worked_at < :before AND next_attempt_at IS NULL AND NOT EXISTS"
                    + " (SELECT 1 FROM attachments a WHERE a.message_key = messages.message_key"
                    + " AND a.outcome = 'STORED' AND a.waited_from IS NOT NULL) LIMIT :limit")
            .bind("before", before)
            .bind("limit", FORGET_AT_ONCE)
            .mapTo(String.class)
            .list();
    if (!keys.isEmpty()) {
      String select = "SELECT message_key FROM messages WHERE message_key IN (<keys>)";
      handle.createUpdate("INSERT INTO forgotten " + select).bindList("keys", keys).execute();
      handle
          .createUpdate("DELETE FROM messages WHERE message_key IN (<keys>)")
          .bindList("keys", keys)
          .execute();
    }
    return keys.size();
  }
}
