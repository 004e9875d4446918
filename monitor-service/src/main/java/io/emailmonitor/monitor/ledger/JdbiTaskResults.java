package io.emailmonitor.monitor.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** {@link TaskResults} in SQL. */
final class JdbiTaskResults implements TaskResults {
  private static final String UPDATE =
      "UPDATE task_results SET outcome = :outcome, attempt = :attempt, worker = :worker,"
          + " duration_ms = :ms, reason = :reason, settled_at = :at WHERE task_id = :task";
  private static final String INSERT =
      "INSERT INTO task_results (task_id, outcome, attempt, worker, duration_ms, reason,"
          + " settled_at) VALUES (:task, :outcome, :attempt, :worker, :ms, :reason, :at)";

  private final Jdbi jdbi;

  JdbiTaskResults(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<String> position(String queue) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT position FROM event_positions WHERE queue = :queue")
                .bind("queue", queue)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void record(String queue, String position, List<TaskResult> results) {
    Map<String, TaskResult> last = new LinkedHashMap<>();
    results.forEach(result -> last.put(result.taskId(), result));
    jdbi.useTransaction(
        handle -> {
          if (!last.isEmpty()) {
            write(handle, last);
          }
          savePosition(handle, queue, position);
        });
  }

  private static void write(Handle handle, Map<String, TaskResult> results) {
    Map<String, Instant> known = known(handle, results);
    PreparedBatch updates = handle.prepareBatch(UPDATE);
    PreparedBatch inserts = handle.prepareBatch(INSERT);
    for (TaskResult result : results.values()) {
      Instant before = known.get(result.taskId());
      if (before == null) {
        bind(inserts, result).add();
      } else if (!result.at().isBefore(before)) {
        bind(updates, result).add();
      }
    }
    for (PreparedBatch batch : List.of(updates, inserts)) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }

  private static Map<String, Instant> known(Handle handle, Map<String, TaskResult> results) {
    Map<String, Instant> known = new HashMap<>();
    handle
        .createQuery("SELECT task_id, settled_at FROM task_results WHERE task_id IN (<tasks>)")
        .bindList("tasks", results.keySet())
        .map(
            (row, context) ->
                known.put(row.getString("task_id"), Columns.required(row, "settled_at")))
        .list();
    return known;
  }

  private static PreparedBatch bind(PreparedBatch batch, TaskResult result) {
    return batch
        .bind("task", result.taskId())
        .bind("outcome", result.outcome())
        .bind("attempt", result.attempt())
        .bind("worker", result.worker())
        .bindByType("ms", millis(result.duration()), Long.class)
        .bind("reason", result.reason())
        .bind("at", result.at());
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static void savePosition(Handle handle, String queue, String position) {
    int rows =
        handle.execute("UPDATE event_positions SET position = ? WHERE queue = ?", position, queue);
    if (rows == 0) {
      handle.execute(
          "INSERT INTO event_positions (queue, position) VALUES (?, ?)", queue, position);
    }
  }
}
