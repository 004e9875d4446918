package io.emailmonitor.monitor.dashboard;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is looked up again after a pause, and only so often that looking takes a small part
 * of the time: what gets slow is asked less. For one thread at a time.
 */
final class Paced<T> {
  /** One part of work, so many of rest. */
  private static final int REST = 20;

  /** What takes no longer needs no rest. */
  private static final Duration QUICK = Duration.ofMillis(5);

  private final Duration pause;
  private final Supplier<T> source;
  private @Nullable T value;
  private long nextNanos;

  Paced(Duration pause, Supplier<T> source) {
    this.pause = pause;
    this.source = source;
  }

  T get() {
    T known = value;
    if (known != null && System.nanoTime() - nextNanos < 0) {
      return known;
    }
    long begin = System.nanoTime();
    T fresh = source.get();
    long took = System.nanoTime() - begin;
    long rest = took < QUICK.toNanos() ? 0 : REST * took;
    nextNanos = begin + Math.max(pause.toNanos(), took + rest);
    value = fresh;
    return fresh;
  }
}
