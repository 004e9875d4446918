package io.emailmonitor.monitor.ledger;

/** What became of an attachment. Every attachment that was seen ends in exactly one. */
public enum Outcome {
  /** It is, or was, on the queue. */
  ENQUEUED,
  /** It is in local storage: for good when the queue is switched off, else until it is back. */
  STORED,
  /** A filter turned it away; the reason says which. */
  SKIPPED,
  /** It could not be fetched for good; the reason says why. */
  FAILED
}
