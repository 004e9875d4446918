package io.emailmonitor.worker.runtime;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.emailmonitor.service.metrics.SecondsTimer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what becomes of claimed tasks. At any time at rest {@code claimed = done + retried +
 * buried + lost + released + in_flight}. Thread-safe.
 */
final class WorkerMetrics {
  /** The ends of a claim. */
  enum Fate {
    DONE,
    RETRIED,
    BURIED,
    /** Another worker has it or will have it: the lease was lost, or the queue did not answer. */
    LOST,
    RELEASED
  }

  private static final double[] DURATIONS = {0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1800};

  private final Counter claimed;
  private final Counter inFlight;
  private final Map<Fate, Counter> settled = new EnumMap<>(Fate.class);
  private final Timer duration;
  private final Meter bytes;
  private final Meter breakdowns;

  WorkerMetrics(MetricRegistry registry) {
    claimed = registry.counter("worker.claimed");
    inFlight = registry.counter("worker.in_flight");
    for (Fate fate : Fate.values()) {
      settled.put(fate, registry.counter("worker." + fate.name().toLowerCase(Locale.ROOT)));
    }
    duration = registry.timer("worker.task.duration", () -> new SecondsTimer(DURATIONS.clone()));
    bytes = registry.meter("worker.content.bytes");
    breakdowns = registry.meter("worker.breakdowns");
  }

  void claimed(int tasks) {
    claimed.inc(tasks);
    inFlight.inc(tasks);
  }

  void settled(Fate fate) {
    Counter counter = settled.get(fate);
    if (counter != null) {
      counter.inc();
    }
    inFlight.dec();
  }

  /** From here to the context's close a handler is at work on so many bytes. */
  Timer.Context handling(int contentLength) {
    bytes.mark(contentLength);
    return duration.time();
  }

  void brokeDown() {
    breakdowns.mark();
  }
}
