package io.emailmonitor.service.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells whether a loop still goes round: it beats once in every round, and whoever asks hears of it
 * when it has not for too long. By the machine's uptime, so that a changed clock means nothing.
 * Safe for use by several threads.
 */
public final class Pulse {
  private final String what;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private volatile long lastBeat;

  /**
   * The first beat is now.
   *
   * @param what the loop, as in {@code "the reading of results"}
   * @param longest what a round may take
   */
  public Pulse(String what, Duration longest) {
    this(what, longest, System::nanoTime);
  }

  Pulse(String what, Duration longest, LongSupplier nanoTime) {
    this.what = what;
    this.longest = longest;
    this.nanoTime = nanoTime;
    this.lastBeat = nanoTime.getAsLong();
  }

  /** To be called by the loop in every round. */
  public void beat() {
    lastBeat = nanoTime.getAsLong();
  }

  /** That the loop hangs, in words; empty while it goes round. */
  public Optional<String> problem() {
    Duration silence = Duration.ofNanos(nanoTime.getAsLong() - lastBeat);
    return silence.compareTo(longest) <= 0
        ? Optional.empty()
        : Optional.of(
            "%s hangs: no step for %d s. Restart the process, nothing is lost by it; a thread dump"
                    .formatted(what, silence.toSeconds())
                + " (/threads on the admin port) shows where");
  }
}
