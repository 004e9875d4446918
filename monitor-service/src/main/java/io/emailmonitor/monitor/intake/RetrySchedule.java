package io.emailmonitor.monitor.intake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a message that failed for now is tried again. The waiting times outlast what mail systems
 * need to move a mailbox or to recover; after the last one the message is given up.
 */
record RetrySchedule(List<Duration> waits) {
  static final RetrySchedule STANDARD =
      new RetrySchedule(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(15),
              Duration.ofHours(1),
              Duration.ofHours(2),
              Duration.ofHours(4),
              Duration.ofHours(8)));

  /** How long to wait after so many attempts have failed; empty when that was the last one. */
  Optional<Duration> after(int attempts) {
    return attempts > waits.size() ? Optional.empty() : Optional.of(waits.get(attempts - 1));
  }
}
