package io.emailmonitor.monitor.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** {@link StoredFiles} in SQL. */
final class JdbiStoredFiles implements StoredFiles {
  private static final String STORED =
      "outcome = 'STORED' AND waited_from IS NULL AND stored_at IS NOT NULL";

  private final Jdbi jdbi;
  private final TaskRows rows;

  JdbiStoredFiles(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.rows = new TaskRows(jdbi, clock);
  }

  @Override
  public List<Stored> storedBefore(Instant time, String afterTaskId, int limit) {
    String sql =
        "SELECT attachment_key, stored_at FROM attachments WHERE "
            + STORED
            + " AND recorded_at < :time AND attachment_key > :after"
            + " ORDER BY attachment_key LIMIT :limit";
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("time", time)
                .bind("after", afterTaskId)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Stored(row.getString("attachment_key"), row.getString("stored_at")))
                .list());
  }

  @Override
  public void removed(Collection<String> taskIds) {
    rows.update(taskIds, "stored_at = NULL, removed_at = :now", STORED);
  }

  @Override
  public Set<String> stored(Collection<String> taskIds) {
    return rows.among(taskIds, STORED);
  }
}
