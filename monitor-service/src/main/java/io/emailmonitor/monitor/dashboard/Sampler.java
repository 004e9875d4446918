package io.emailmonitor.monitor.dashboard;

import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.dashboard.Samples.Sample;
import io.emailmonitor.monitor.ledger.Overview;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueueUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes the samples of the last hour, also while nobody looks. For one thread at a time. */
final class Sampler {
  private final Optional<InspectedQueue> queue;
  private final Overview overview;
  private final Samples samples;
  private final Clock clock;
  private Instant before;
  private long stored;

  Sampler(Optional<InspectedQueue> queue, Overview overview, Samples samples, Clock clock) {
    this.queue = queue;
    this.overview = overview;
    this.samples = samples;
    this.clock = clock;
    this.before = clock.instant();
  }

  void sample() {
    Instant now = clock.instant();
    samples.add(queue.map(q -> ofQueue(q, now)).orElseGet(() -> ofStorage(now)));
  }

  private static Sample ofQueue(InspectedQueue queue, Instant now) {
    try {
      QueueStats stats = queue.inspector().stats();
      return new Sample(
          now,
          stats.waiting(),
          stats.waitingBytes(),
          stats.claimed(),
          stats.totals().getOrDefault("enqueued", 0L),
          stats.totals().getOrDefault("acknowledged", 0L));
    } catch (QueueUnavailableException e) {
      return new Sample(now, null, null, null, null, null);
    }
  }

  private Sample ofStorage(Instant now) {
    stored += overview.handedOnSince(before);
    before = now;
    return new Sample(now, null, null, null, stored, null);
  }
}
