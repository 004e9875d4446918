package io.emailmonitor.monitor.filter;

/**
 * Which attachments are wanted, by patterns and by their least size.
 *
 * @param files of the attachments' names
 * @param senders of the senders' addresses
 * @param mailboxes of the addresses of the mailboxes that are watched
 * @param minSize how many bytes an attachment must have
 */
public record PatternRules(
    Patterns files, Patterns senders, Patterns subjects, Patterns mailboxes, long minSize) {
  /** Nothing is turned away. */
  public static final PatternRules NONE =
      new PatternRules(Patterns.ALL, Patterns.ALL, Patterns.ALL, Patterns.ALL, 0);
}
