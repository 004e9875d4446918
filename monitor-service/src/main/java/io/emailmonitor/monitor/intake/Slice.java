package io.emailmonitor.monitor.intake;

import java.time.Duration;

/**
 * How much of a mailbox is worked on before others get their turn.
 *
 * @param pages as many pages at most
 * @param time no further page after that long
 */
public record Slice(int pages, Duration time) {
  /** A page of large messages takes this long by itself, a page without news no time. */
  public static final Slice STANDARD = new Slice(20, Duration.ofSeconds(10));

  boolean isOver(int pagesRead, long nanosTaken) {
    return pagesRead >= pages || nanosTaken >= time.toNanos();
  }
}
