package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;

/** What patterns can speak of. */
public enum Facet {
  FILES("the file's name", Reason.FILE_NOT_INCLUDED, Reason.FILE_EXCLUDED),
  SENDERS("the sender's address", Reason.SENDER_NOT_INCLUDED, Reason.SENDER_EXCLUDED),
  SUBJECTS("the subject", Reason.SUBJECT_NOT_INCLUDED, Reason.SUBJECT_EXCLUDED),
  MAILBOXES("the mailbox", Reason.MAILBOX_NOT_INCLUDED, Reason.MAILBOX_EXCLUDED);

  final String words;
  final Reason notIncluded;
  final Reason excluded;

  Facet(String words, Reason notIncluded, Reason excluded) {
    this.words = words;
    this.notIncluded = notIncluded;
    this.excluded = excluded;
  }

  /** The setting with the patterns of what is wanted. */
  public String include() {
    return "INCLUDE_" + name();
  }

  /** The setting with the patterns of what is not wanted. */
  public String exclude() {
    return "EXCLUDE_" + name();
  }

  private boolean isAddress() {
    return this == SENDERS || this == MAILBOXES;
  }

  /**
   * Refuses what can never be meant.
   *
   * @throws IllegalArgumentException with the reason as in {@code is too long}
   */
  public void check(String pattern, boolean excluding) {
    Glob glob = Glob.of(pattern);
    if (excluding && glob.matchesEverything()) {
      throw new IllegalArgumentException("would leave nothing");
    }
    if (isAddress() && pattern.indexOf('@') < 0 && pattern.indexOf('*') < 0) {
      throw new IllegalArgumentException("matches no address");
    }
  }
}
