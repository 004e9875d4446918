package io.emailmonitor.monitor.ledger;

/**
 * Why an attachment was skipped or failed. The codes are what the ledger, the answers and the
 * metrics show; programs may depend on them, so they never change.
 */
public enum Reason {
  /** Skipped: its file name does not end in one of the wanted types. */
  TYPE_NOT_WANTED("type-not-wanted"),
  /** Skipped: it has more bytes than an attachment may have. */
  TOO_LARGE("too-large"),
  /** Skipped: the sender is not on the list of allowed ones. */
  SENDER_NOT_ALLOWED("sender-not-allowed"),
  /** Skipped: it is shown in the message's body, as logos are. */
  INLINE("inline"),
  /** Skipped: it is a link to a file that is stored elsewhere; there is no content in the mail. */
  REFERENCE_NOT_FETCHED("reference-not-fetched"),

  /** Failed: it, or its message, was deleted before it could be fetched. */
  GONE("gone"),
  /** Failed: the mail system said that it will never hand it out. */
  REFUSED("refused"),
  /** Failed: Redis can never take an item of that size. */
  TOO_LARGE_FOR_QUEUE("too-large-for-queue"),
  /** Failed: every attempt of the schedule failed. */
  GAVE_UP("gave-up");

  private final String code;

  Reason(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
