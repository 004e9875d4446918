package io.emailmonitor.monitor.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@link History} in SQL. */
final class JdbiHistory implements History {
  private final Jdbi jdbi;

  JdbiHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<MailRecord> mail(String messageId) {
    String byId =
        "SELECT * FROM messages WHERE id_key = :id OR header_key = :header"
            + " ORDER BY worked_at DESC, message_key LIMIT 1";
    return jdbi.withHandle(
        handle ->
            MailRows.read(
                    handle,
                    handle
                        .createQuery(byId)
                        .bind("id", Fingerprint.of(messageId))
                        .bind("header", Fingerprint.ofHeader(messageId)))
                .stream()
                .findFirst());
  }

  @Override
  public List<MailRecord> find(MailFilter filter, int offset, int limit) {
    return new MailSearch(jdbi).find(filter, offset, limit);
  }

  @Override
  public Totals totals() {
    Sums all = new Sums();
    jdbi.useHandle(handle -> collect(handle, mailbox -> all));
    return all.toTotals();
  }

  @Override
  public Map<String, Totals> totalsByMailbox() {
    Map<String, Sums> sums = new LinkedHashMap<>();
    jdbi.useHandle(
        handle -> collect(handle, mailbox -> sums.computeIfAbsent(mailbox, address -> new Sums())));
    Map<String, Totals> totals = new LinkedHashMap<>();
    sums.forEach((mailbox, sum) -> totals.put(mailbox, sum.toTotals()));
    return totals;
  }

  private static void collect(Handle handle, Function<String, Sums> sumsOf) {
    handle
        .createQuery("SELECT mailbox, state, COUNT(*) AS n FROM messages GROUP BY mailbox, state")
        .map(
            (row, context) ->
                sumsOf
                    .apply(row.getString("mailbox"))
                    .addMessages(
                        MailRecord.State.valueOf(row.getString("state")), row.getLong("n")))
        .list();
    handle
        .createQuery(
            "SELECT m.mailbox, a.outcome, a.reason, COUNT(*) AS n"
                + " FROM attachments a JOIN messages m ON m.message_key = a.message_key"
                + " GROUP BY m.mailbox, a.outcome, a.reason")
        .map(
            (row, context) ->
                sumsOf
                    .apply(row.getString("mailbox"))
                    .addAttachments(
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("reason"),
                        row.getLong("n")))
        .list();
  }

  @Override
  public List<MailboxRecord> mailboxes() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM mailboxes WHERE watched ORDER BY address")
                .map((row, context) -> Columns.mailbox(row))
                .list());
  }

  @Override
  public void check() {
    jdbi.useHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM mailboxes").mapTo(Long.class).one());
  }
}
