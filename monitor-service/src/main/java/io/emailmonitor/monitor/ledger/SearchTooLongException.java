package io.emailmonitor.monitor.ledger;

/** A search was given up because it took too long. */
public final class SearchTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SearchTooLongException(int seconds, Throwable cause) {
    super(
        "The search found nothing within "
            + seconds
            + " s and was given up: name the mailbox, or an id as /email-details takes it",
        cause);
  }
}
