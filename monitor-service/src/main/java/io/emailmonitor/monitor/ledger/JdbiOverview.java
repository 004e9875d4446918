package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** {@link Overview} in SQL. */
final class JdbiOverview implements Overview {
  private final Jdbi jdbi;

  JdbiOverview(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String latestChange() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT (SELECT MAX(worked_at) FROM messages) AS worked,"
                        + " (SELECT MAX(settled_at) FROM task_results) AS settled,"
                        + " (SELECT COUNT(*) FROM attachments WHERE outcome = 'STORED'"
                        + " AND waited_from IS NOT NULL) AS waiting")
                .map(
                    (row, context) ->
                        Columns.instant(row, "worked")
                            + " "
                            + Columns.instant(row, "settled")
                            + " "
                            + row.getLong("waiting"))
                .one());
  }

  @Override
  public MailboxCounts mailboxCounts() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) AS watched, COUNT(parked_reason) AS parked,"
                        + " SUM(CASE WHEN parked_reason IS NULL AND problem IS NOT NULL"
                        + " THEN 1 ELSE 0 END) AS troubled,"
                        + " MIN(CASE WHEN parked_reason IS NULL THEN last_sync_at END) AS oldest"
                        + " FROM mailboxes WHERE watched")
                .map(
                    (row, context) ->
                        new MailboxCounts(
                            row.getLong("watched"),
                            row.getLong("parked"),
                            row.getLong("troubled"),
                            Columns.instant(row, "oldest")))
                .one());
  }

  @Override
  public List<MailboxRecord> mailboxes(String text, int offset, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM mailboxes WHERE watched"
                        + " AND POSITION(:text IN LOWER(address)) > 0"
                        + " ORDER BY CASE WHEN parked_reason IS NULL AND problem IS NULL"
                        + " THEN 1 ELSE 0 END, address LIMIT :limit OFFSET :offset")
                .bind("text", text.toLowerCase(Locale.ROOT))
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> Columns.mailbox(row))
                .list());
  }

  @Override
  public long mailboxes(String text) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) FROM mailboxes WHERE watched"
                        + " AND POSITION(:text IN LOWER(address)) > 0")
                .bind("text", text.toLowerCase(Locale.ROOT))
                .mapTo(Long.class)
                .one());
  }

  /** What has waited was worked on long before it got to the queue. */
  @Override
  public List<Trip> handedOn(Instant since, int limit) {
    List<Trip> trips =
        trips(
            "SELECT m.received_at, a.recorded_at AS reached_at"
                + " FROM messages m JOIN attachments a ON a.message_key = m.message_key"
                + " WHERE m.worked_at > :since AND a.handed_on AND a.recorded_at > :since"
                + " AND a.waited_from IS NULL ORDER BY m.worked_at DESC LIMIT :limit",
            since,
            limit);
    trips.addAll(
        trips(
            "SELECT m.received_at, a.recorded_at AS reached_at"
                + " FROM attachments a JOIN messages m ON m.message_key = a.message_key"
                + " WHERE a.outcome = 'ENQUEUED' AND a.waited_from IS NOT NULL"
                + " AND a.recorded_at > :since ORDER BY a.recorded_at DESC LIMIT :limit",
            since,
            limit));
    return trips;
  }

  @Override
  public List<Trip> done(Instant since, int limit) {
    return trips(
        "SELECT m.received_at, r.settled_at AS reached_at FROM task_results r"
            + " JOIN attachments a ON a.attachment_key = r.task_id"
            + " JOIN messages m ON m.message_key = a.message_key"
            + " WHERE r.settled_at > :since AND r.outcome = 'done'"
            + " ORDER BY r.settled_at DESC LIMIT :limit",
        since,
        limit);
  }

  private List<Trip> trips(String sql, Instant since, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("since", since)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Trip(
                            Columns.required(row, "received_at"),
                            Columns.required(row, "reached_at")))
                .collect(Collectors.toCollection(ArrayList::new)));
  }

  @Override
  public Waiting waiting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) AS tasks, MIN(waited_from) AS since FROM attachments"
                        + " WHERE outcome = 'STORED' AND waited_from IS NOT NULL")
                .map(
                    (row, context) ->
                        new Waiting(row.getLong("tasks"), Columns.instant(row, "since")))
                .one());
  }

  @Override
  public long handedOnSince(Instant since) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) FROM messages m JOIN attachments a"
                        + " ON a.message_key = m.message_key"
                        + " WHERE m.worked_at > :since AND a.handed_on AND a.recorded_at > :since")
                .bind("since", since)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Map<String, TaskName> names(Collection<String> taskIds) {
    Map<String, TaskName> names = new HashMap<>();
    if (!taskIds.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(
                      "SELECT a.attachment_key, a.name, m.message_id FROM attachments a"
                          + " JOIN messages m ON m.message_key = a.message_key"
                          + " WHERE a.attachment_key IN (<ids>)")
                  .bindList("ids", taskIds)
                  .map(
                      (row, context) ->
                          names.put(
                              row.getString("attachment_key"),
                              new TaskName(row.getString("message_id"), row.getString("name"))))
                  .list());
    }
    return names;
  }
}
