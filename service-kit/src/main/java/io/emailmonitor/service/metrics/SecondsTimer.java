package io.emailmonitor.service.metrics;

import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A timer that Prometheus sees as a histogram of seconds. */
public final class SecondsTimer extends Timer implements Bucketed {
  private static final double NANOS = 1e9;

  private final Buckets buckets;

  /**
   * Counts nothing yet.
   *
   * @param bounds of the buckets, in seconds, ascending
   */
  public SecondsTimer(double... bounds) {
    this.buckets = new Buckets(bounds);
  }

  @Override
  public void update(long duration, TimeUnit unit) {
    super.update(duration, unit);
    buckets.count(unit.toNanos(duration) / NANOS);
  }

  @Override
  public void update(Duration duration) {
    update(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Buckets buckets() {
    return buckets;
  }
}
