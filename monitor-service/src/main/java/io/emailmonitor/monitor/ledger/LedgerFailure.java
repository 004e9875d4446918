package io.emailmonitor.monitor.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Says that the database failed, and what helps, without a word of what it holds. */
public final class LedgerFailure {
  private LedgerFailure() {}

  /** Empty if the failure is not the database's. */
  public static Optional<String> words(Throwable e) {
    return causes(e)
        .filter(SQLException.class::isInstance)
        .findFirst()
        .map(failure -> words(e, (SQLException) failure));
  }

  /** The messages of a database quote rows and statements; those of the system do not. */
  private static String words(Throwable e, SQLException failure) {
    String reason =
        causes(e)
            .filter(IOException.class::isInstance)
            .findFirst()
            .map(cause -> ": " + cause.getMessage())
            .orElse("");
    return "the ledger's database failed (error "
        + failure.getErrorCode()
        + reason
        + "). Check DATABASE_URL, and whether its disk is full or can only be read; it goes on by"
        + " itself";
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }
}
