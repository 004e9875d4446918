package io.emailmonitor.monitor.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@link WaitingTasks} in SQL. */
final class JdbiWaitingTasks implements WaitingTasks {
  private static final String WAITING = "outcome = 'STORED' AND waited_from IS NOT NULL";

  private final Jdbi jdbi;
  private final Clock clock;
  private final TaskRows rows;

  JdbiWaitingTasks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.rows = new TaskRows(jdbi, clock);
  }

  @Override
  public List<Waiting> oldest(int limit) {
    String oldestFirst =
        "SELECT attachment_key, waited_from FROM attachments WHERE "
            + WAITING
            + " ORDER BY waited_from, attachment_key LIMIT :limit";
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(oldestFirst)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Waiting(
                            row.getString("attachment_key"), Columns.required(row, "waited_from")))
                .list());
  }

  @Override
  public long count() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM attachments WHERE " + WAITING)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void enqueued(Collection<String> taskIds) {
    rows.update(taskIds, "outcome = 'ENQUEUED', stored_at = NULL, recorded_at = :now", WAITING);
  }

  @Override
  public void refused(String taskId, Reason reason, String why) {
    String update =
        "UPDATE attachments SET outcome = 'FAILED', reason = :reason, detail = :why,"
            + " handed_on = FALSE, stored_at = NULL, recorded_at = :now"
            + " WHERE attachment_key = :task AND "
            + WAITING;
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(update)
                .bind("reason", reason.code())
                .bind("why", why)
                .bind("now", clock.instant())
                .bind("task", taskId)
                .execute());
  }

  @Override
  public int lost(Collection<String> taskIds) {
    return taskIds.isEmpty() ? 0 : jdbi.inTransaction(handle -> lost(handle, taskIds));
  }

  private int lost(Handle handle, Collection<String> taskIds) {
    String idle =
        "SELECT a.attachment_key, a.message_key FROM attachments a"
            + " JOIN messages m ON m.message_key = a.message_key"
            + " WHERE a.attachment_key IN (<tasks>) AND m.state <> 'RETRYING'";
    Map<String, String> messages = new HashMap<>();
    handle
        .createQuery(idle)
        .bindList("tasks", taskIds)
        .map(
            (row, context) ->
                messages.put(row.getString("attachment_key"), row.getString("message_key")))
        .list();
    if (messages.isEmpty()) {
      return 0;
    }
    String due =
        "UPDATE messages SET state = 'RETRYING', attempts = 0, next_attempt_at = :now,"
            + " problem = NULL, note = :note WHERE message_key IN (<messages>)";
    Instant now = clock.instant();
    handle
        .createUpdate(due)
        .bind("now", now)
        .bind("note", "fetched again: what waited for the queue was not there any more at " + now)
        .bindList("messages", Set.copyOf(messages.values()))
        .execute();
    handle
        .createUpdate("DELETE FROM attachments WHERE attachment_key IN (<tasks>)")
        .bindList("tasks", messages.keySet())
        .execute();
    return messages.size();
  }

  @Override
  public Set<String> recorded(Collection<String> taskIds) {
    return rows.among(taskIds, "TRUE");
  }

  @Override
  public Set<String> settled(Collection<String> taskIds) {
    return rows.among(taskIds, "NOT (" + WAITING + ")");
  }
}
