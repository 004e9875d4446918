package io.emailmonitor.monitor.ledger;

import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The records of attachments, by the ids of their tasks. Safe for use by several threads. */
final class TaskRows {
  private static final String OF_TASKS = " WHERE attachment_key IN (<tasks>) AND ";

  private final Jdbi jdbi;
  private final Clock clock;

  TaskRows(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Those of these tasks whose records meet a condition. */
  Set<String> among(Collection<String> taskIds, String condition) {
    if (taskIds.isEmpty()) {
      return Set.of();
    }
    String sql = "SELECT attachment_key FROM attachments" + OF_TASKS + condition;
    return Set.copyOf(
        jdbi.withHandle(
            handle ->
                handle.createQuery(sql).bindList("tasks", taskIds).mapTo(String.class).list()));
  }

  /**
   * Changes the records of those of these tasks that meet a condition; {@code :now} is the time.
   */
  void update(Collection<String> taskIds, String changes, String condition) {
    if (!taskIds.isEmpty()) {
      String sql = "UPDATE attachments SET " + changes + OF_TASKS + condition;
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(sql)
                  .bind("now", clock.instant())
                  .bindList("tasks", taskIds)
                  .execute());
    }
  }
}
