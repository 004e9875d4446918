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
  /** Skipped: its name matches no pattern of those that are wanted. */
  FILE_NOT_INCLUDED("file-not-included"),
  /** Skipped: its name matches a pattern of those that are not wanted. */
  FILE_EXCLUDED("file-excluded"),
  /** Skipped: the sender matches no pattern of those that are wanted. */
  SENDER_NOT_INCLUDED("sender-not-included"),
  /** Skipped: the sender matches a pattern of those that are not wanted. */
  SENDER_EXCLUDED("sender-excluded"),
  /** Skipped: the subject matches no pattern of those that are wanted. */
  SUBJECT_NOT_INCLUDED("subject-not-included"),
  /** Skipped: the subject matches a pattern of those that are not wanted. */
  SUBJECT_EXCLUDED("subject-excluded"),
  /** Not watched: the mailbox matches no pattern of those that are wanted. */
  MAILBOX_NOT_INCLUDED("mailbox-not-included"),
  /** Not watched: the mailbox matches a pattern of those that are not wanted. */
  MAILBOX_EXCLUDED("mailbox-excluded"),
  /** Skipped: it has fewer bytes than an attachment must have. */
  TOO_SMALL("too-small"),
  /** Skipped: what it holds has been taken instead, each with an outcome of its own. */
  UNPACKED("unpacked"),
  /** Skipped, or handed on as it is: an encrypted message. */
  ENCRYPTED("encrypted"),

  /** Failed: it, or its message, was deleted before it could be fetched. */
  GONE("gone"),
  /** Failed: the mail system said that it will never hand it out. */
  REFUSED("refused"),
  /** Failed: Redis can never take an item of that size. */
  TOO_LARGE_FOR_QUEUE("too-large-for-queue"),
  /** Handed on as it is, or failed: it should hold others and cannot be read. */
  DAMAGED("damaged"),
  /** Failed, or handed on as it is: attachments within attachments, more than are looked into. */
  NESTED_TOO_DEEP("nested-too-deep"),
  /** Failed, or handed on as it is: it holds more attachments than are taken out. */
  TOO_MANY_WITHIN("too-many-within"),
  /** Failed, or handed on as it is: what it holds is too large, all together. */
  TOO_LARGE_WITHIN("too-large-within"),
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
