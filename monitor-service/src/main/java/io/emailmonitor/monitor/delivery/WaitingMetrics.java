package io.emailmonitor.monitor.delivery;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.LongSupplier;

/**
 * What is stored until the queue is back: {@code waiting.tasks}, {@code waiting.bytes} and {@code
 * waiting.seconds} (since the oldest was stored) now, and since the process began
 *
 * <pre>
 * waiting.enqueued, waiting.refused  waited, and left for the queue, or will never be taken by it
 * waiting.lost                       whose file was gone, and which are fetched again
 * </pre>
 *
 * Safe for use by several threads.
 */
final class WaitingMetrics {
  private static final String PREFIX = "waiting";

  private final MetricRegistry registry;
  private final Counter enqueued;
  private final Counter refused;
  private final Counter lost;

  WaitingMetrics(MetricRegistry registry) {
    this.registry = registry;
    enqueued = registry.counter(name("enqueued"));
    refused = registry.counter(name("refused"));
    lost = registry.counter(name("lost"));
  }

  void watch(WaitingRoom room, LongSupplier seconds) {
    gauge("tasks", room::tasks);
    gauge("bytes", room::bytes);
    gauge("seconds", seconds);
  }

  private void gauge(String what, LongSupplier value) {
    registry.gauge(
        name(what),
        () ->
            new Gauge<Long>() {
              @Override
              public Long getValue() {
                return value.getAsLong();
              }
            });
  }

  void enqueued(int count) {
    enqueued.inc(count);
  }

  void refused() {
    refused.inc();
  }

  void lost(int count) {
    lost.inc(count);
  }

  private static String name(String what) {
    return MetricRegistry.name(PREFIX, what);
  }
}
