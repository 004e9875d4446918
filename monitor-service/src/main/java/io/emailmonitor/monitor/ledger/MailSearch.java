package io.emailmonitor.monitor.ledger;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Finds messages by a {@link MailFilter}. What no index helps with is given up after a while. */
final class MailSearch {
  private static final int PATIENCE_SECONDS = 5;

  /** SQLSTATE of a statement that was cancelled, as H2 and PostgreSQL have it. */
  private static final String CANCELLED = "57014";

  private static final List<String> SEARCHED =
      List.of("m.subject", "m.sender_name", "m.sender_address");

  private final Jdbi jdbi;

  MailSearch(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Latest first. */
  List<MailRecord> find(MailFilter filter, int offset, int limit) {
    try {
      return jdbi.withHandle(handle -> MailRows.read(handle, query(handle, filter, offset, limit)));
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException cause && CANCELLED.equals(cause.getSQLState())) {
        throw new SearchTooLongException(PATIENCE_SECONDS, e);
      }
      throw e;
    }
  }

  private static Query query(Handle handle, MailFilter filter, int offset, int limit) {
    Query query =
        handle
            .createQuery(sql(filter))
            .setQueryTimeout(PATIENCE_SECONDS)
            .bind("limit", limit)
            .bind("offset", offset);
    for (int i = 0; i < filter.words().size(); i++) {
      query.bind("word" + i, "%" + escaped(filter.words().get(i)) + "%");
    }
    if (filter.outcome() != null) {
      query.bind("outcome", filter.outcome().name());
    }
    if (filter.mailbox() != null) {
      query.bind("mailbox", filter.mailbox());
    }
    return query;
  }

  private static String sql(MailFilter filter) {
    StringBuilder sql = new StringBuilder("SELECT m.* FROM messages m WHERE 1 = 1");
    for (int i = 0; i < filter.words().size(); i++) {
      String like = ") LIKE :word" + i + " ESCAPE '!'";
      sql.append(" AND (");
      SEARCHED.forEach(column -> sql.append("LOWER(").append(column).append(like).append(" OR "));
      sql.append(attachment("LOWER(a.name" + like)).append(')');
    }
    if (filter.outcome() != null) {
      sql.append(" AND ").append(attachment("a.outcome = :outcome"));
    }
    if (filter.mailbox() != null) {
      sql.append(" AND m.mailbox = :mailbox");
    }
    return sql.append(" ORDER BY m.worked_at DESC, m.message_key LIMIT :limit OFFSET :offset")
        .toString();
  }

  private static String attachment(String condition) {
    return "EXISTS (SELECT 1 FROM attachments a WHERE a.message_key = m.message_key AND "
        + condition
        + ")";
  }

  private static String escaped(String word) {
    return word.replaceAll("([!%_])", "!$1");
  }
}
