package io.emailmonitor.monitor.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Says that the database failed, and what helps, without a word of what it holds. */
public final class LedgerFailure {
  private LedgerFailure() {}

  /** Empty if the failure is not the database's. */
  public static Optional<String> words(Throwable e) {
    return cause(e, SQLException.class).map(failure -> words(e, failure));
  }

  /** The messages of a database quote rows and statements; those of the system do not. */
  private static String words(Throwable e, SQLException failure) {
    String reason = cause(e, IOException.class).map(cause -> ": " + cause.getMessage()).orElse("");
    return "the ledger's database failed (error "
        + failure.getErrorCode()
        + reason
        + "). Check DATABASE_URL, and whether its disk is full or can only be read; it goes on by"
        + " itself";
  }

  private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }
}
