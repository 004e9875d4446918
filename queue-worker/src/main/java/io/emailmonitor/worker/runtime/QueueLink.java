package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.worker.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the queue answers: logs when that changes, tells health, and says how long to wait
 * before asking again. Shared by all of the worker's threads.
 */
final class QueueLink {
  private static final Logger LOG = LoggerFactory.getLogger(QueueLink.class);

  private static final RetryPolicy BACKOFF =
      new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(10));

  private record Outage(Instant since, String reason) {}

  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();

  void answered() {
    if (outage.get() == null) {
      return;
    }
    Outage over = outage.getAndSet(null);
    if (over != null) {
      LOG.info("queue answers again after {} s", secondsSince(over.since()));
    }
  }

  void failed(QueueUnavailableException e) {
    String reason = Reasons.of(e);
    Outage known = outage.get();
    Instant since = known == null ? Instant.now() : known.since();
    if (outage.getAndSet(new Outage(since, reason)) == null) {
      LOG.warn("queue is unavailable, trying again until it answers: {}", reason);
    }
  }

  /** The pause after so many failures in a row. */
  Duration backoff(int failures) {
    return BACKOFF.delay(failures, ThreadLocalRandom.current());
  }

  Optional<String> problem() {
    return Optional.ofNullable(outage.get())
        .map(o -> "queue unavailable for " + secondsSince(o.since()) + " s: " + o.reason());
  }

  private static long secondsSince(Instant start) {
    return Duration.between(start, Instant.now()).toSeconds();
  }
}
