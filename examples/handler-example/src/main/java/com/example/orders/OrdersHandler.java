package com.example.orders;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** Writes the lines of each order to the database, those of a task once. Thread-safe. */
final class OrdersHandler implements TaskHandler {
  /** How long the next lines of a long order may take; as long as it moves on, it may go on. */
  private static final Duration FOR_THE_NEXT_LINES = Duration.ofMinutes(1);

  /** The database may be away for hours; see {@code maxDeliveries} in worker.yml. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofMinutes(30));

  /** SQL states of this class say that the data itself is what the database cannot hold. */
  private static final String BAD_DATA = "22";

  private final OrderTables tables;
  private final char separator;

  OrdersHandler(OrderTables tables, char separator) {
    this.tables = tables;
    this.separator = separator;
  }

  @Override
  public Outcome handle(Attempt attempt) throws Exception {
    AttachmentTask task = attempt.task();
    if (!task.attachmentFilename().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return Outcome.bury("not a CSV file");
    }
    try (InputStream content = attempt.openContent();
        OrderLines lines = new OrderLines(content, separator)) {
      tables.add(task, lines, () -> attempt.extend(FOR_THE_NEXT_LINES));
      return Outcome.done();
    } catch (BadOrderException e) {
      return Outcome.bury(e.getMessage());
    } catch (SQLException e) {
      return failed(e);
    }
  }

  /** The driver's message may quote what the order says, which is not for logs. */
  private static Outcome failed(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith(BAD_DATA)
        ? Outcome.bury("the database cannot hold it, SQL state " + state)
        : Outcome.retry("the database did not take it, SQL state " + state);
  }

  @Override
  public RetryPolicy retryPolicy() {
    return RETRIES;
  }
}
