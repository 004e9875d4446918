package io.emailmonitor.monitor.ledger;

/** What became of an attachment. Every attachment that was seen ends in exactly one. */
public enum Outcome {
  /** It is, or was, on the queue. */
  ENQUEUED,
  /** It is in local storage, because the queue is switched off. */
  STORED,
  /** A filter turned it away; the reason says which. */
  SKIPPED,
  /** It could not be fetched for good; the reason says why. */
  FAILED
}
