package io.emailmonitor.service.metrics;

import com.codahale.metrics.ExponentiallyDecayingReservoir;
import com.codahale.metrics.Histogram;

/** A histogram of milliseconds that Prometheus sees as one of seconds. */
public final class SecondsHistogram extends Histogram implements Bucketed {
  private static final double MILLIS = 1e3;

  private final Buckets buckets;

  /**
   * Counts nothing yet.
   *
   * @param bounds of the buckets, in seconds, ascending
   */
  public SecondsHistogram(double... bounds) {
    super(new ExponentiallyDecayingReservoir());
    this.buckets = new Buckets(bounds);
  }

  @Override
  public void update(long millis) {
    super.update(millis);
    buckets.count(millis / MILLIS);
  }

  @Override
  public Buckets buckets() {
    return buckets;
  }
}
