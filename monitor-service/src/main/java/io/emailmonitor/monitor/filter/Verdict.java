package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;

/** Whether an attachment is wanted. */
public sealed interface Verdict {
  /** It is to be fetched. */
  record Accept() implements Verdict {}

  /**
   * It is left alone.
   *
   * @param detail the reason in words, for whoever asks why this attachment was not taken
   */
  record Reject(Reason reason, String detail) implements Verdict {}
}
