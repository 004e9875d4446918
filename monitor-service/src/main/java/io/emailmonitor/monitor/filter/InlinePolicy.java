package io.emailmonitor.monitor.filter;

/** What is done with attachments that are shown in the message's body. */
public enum InlinePolicy {
  /** Images are decoration and skipped; anything else is judged like other attachments. */
  AUTO,
  /** They are judged like other attachments. */
  INCLUDE,
  /** They are skipped. */
  SKIP
}
