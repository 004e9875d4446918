package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.LedgerFailure;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.io.IOException;

/** Puts failures into words that may be logged: no mail content, whoever wrote the message. */
final class Failure {
  private Failure() {}

  /**
   * The message where its author promises that nothing of a mail is in it; else only what kind of
   * failure it is. A database error, for one, quotes the row that could not be written.
   */
  static String words(Throwable e) {
    if (e instanceof MailSourceException || e instanceof IOException) {
      String message = e.getMessage();
      return message == null ? e.getClass().getSimpleName() : message;
    }
    return LedgerFailure.words(e).orElseGet(() -> "unexpected " + kinds(e));
  }

  private static String kinds(Throwable e) {
    String kind = e.getClass().getSimpleName();
    return e.getCause() == null ? kind : kind + " by " + kinds(e.getCause());
  }

  /** Where it happened, without any message. */
  static Throwable trace(Throwable e) {
    Throwable bare =
        new Throwable(e.getClass().getName(), e.getCause() == null ? null : trace(e.getCause()));
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }
}
