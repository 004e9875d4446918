package io.emailmonitor.queue;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How full the queue is, and what has passed through it.
 *
 * @param waiting tasks on the list, not yet claimed
 * @param claimed tasks in a worker's hands or waiting for their retry
 * @param dead tasks set aside
 * @param waitingBytes about how much memory the waiting tasks take
 * @param oldestCreatedAt when the waiting task that is next in turn was made; null if none waits or
 *     it does not say
 * @param totals counts since the queue exists, by name: {@code enqueued}, {@code redelivered},
 *     {@code acknowledged}, {@code retried}, {@code released}, {@code buried}, {@code exhausted}
 *     (dead because of too many deliveries), {@code redriven}, {@code discarded}, {@code expired},
 *     {@code cleared}, {@code drained}, {@code repaired}. What foreign programs push and pop is not
 *     in them
 */
public record QueueStats(
    long waiting,
    long claimed,
    long dead,
    long waitingBytes,
    @Nullable Instant oldestCreatedAt,
    Map<String, Long> totals) {

  public QueueStats {
    totals = Map.copyOf(totals);
  }
}
