package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Mailbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@link FollowUps} in SQL. */
final class JdbiFollowUps implements FollowUps {
  private static final String SELECT =
      "SELECT m.*, f.state AS follow_up_state, f.attempts AS follow_up_attempts,"
          + " f.next_attempt_at AS follow_up_at, f.problem AS follow_up_problem"
          + " FROM follow_ups f JOIN messages m ON m.message_key = f.message_key ";

  /** Once for each message of which something was handed on and everything is settled. */
  private static final String BEGIN =
      "INSERT INTO follow_ups (message_key, mailbox, state, attempts, next_attempt_at)"
          + " SELECT m.message_key, m.mailbox, 'WAITING', 0, CAST(:now AS TIMESTAMP WITH TIME ZONE)"
          + " FROM messages m WHERE m.message_key = :key AND m.state = 'DONE'"
          + " AND EXISTS (SELECT 1 FROM attachments a WHERE a.message_key = m.message_key"
          + " AND a.outcome IN ('ENQUEUED', 'STORED'))"
          + " AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.message_key = m.message_key"
          + " AND a.outcome NOT IN ('ENQUEUED', 'STORED', 'SKIPPED'))"
          + " AND NOT EXISTS (SELECT 1 FROM follow_ups f WHERE f.message_key = m.message_key)";

  private final Jdbi jdbi;

  JdbiFollowUps(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  static void begin(Handle handle, String messageKey, Instant now) {
    handle.createUpdate(BEGIN).bind("key", messageKey).bind("now", now).execute();
  }

  @Override
  public List<FollowUpRecord> due(Mailbox mailbox, Instant now, int limit) {
    String longestDueFirst =
        "WHERE f.mailbox = :mailbox"
            + " AND (f.next_attempt_at <= :now OR f.next_attempt_at > :never)"
            + " ORDER BY f.next_attempt_at, f.message_key LIMIT :limit";
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + longestDueFirst)
                .bind("mailbox", mailbox.address())
                .bind("now", now)
                .bind("never", now.plus(JdbiJournal.LONGEST_WAIT))
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public Optional<String> problem(Mailbox mailbox, Instant now) {
    String next =
        "SELECT problem FROM follow_ups WHERE mailbox = :mailbox AND next_attempt_at > :now"
            + " AND problem IS NOT NULL ORDER BY next_attempt_at, message_key LIMIT 1";
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(next)
                .bind("mailbox", mailbox.address())
                .bind("now", now)
                .mapTo(String.class)
                .findFirst());
  }

  @Override
  public void save(FollowUpRecord followUp) {
    String update =
        "UPDATE follow_ups SET state = :state, attempts = :attempts, next_attempt_at = :next,"
            + " problem = :problem WHERE message_key = :key";
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(update)
                .bind("state", followUp.state().name())
                .bind("attempts", followUp.attempts())
                .bindByType("next", followUp.nextAttemptAt(), Instant.class)
                .bind("problem", followUp.problem())
                .bind("key", Fingerprint.ofMessage(followUp.mailbox(), followUp.mail().id()))
                .execute());
  }

  @Override
  public Optional<FollowUpRecord> of(MailRecord mail) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "WHERE f.message_key = :key")
                .bind("key", Fingerprint.ofMessage(mail.mailbox(), mail.mail().id()))
                .map((row, context) -> read(row))
                .findOne());
  }

  private static FollowUpRecord read(ResultSet row) throws SQLException {
    return new FollowUpRecord(
        row.getString("mailbox"),
        Columns.mail(row),
        FollowUpRecord.State.valueOf(row.getString("follow_up_state")),
        row.getInt("follow_up_attempts"),
        Columns.instant(row, "follow_up_at"),
        row.getString("follow_up_problem"));
  }
}
