package io.emailmonitor.service.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values by size. Unlike Dropwizard's samples, such counts can be added up over several
 * processes and over any time. Safe for use by several threads.
 */
final class Buckets {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds the largest value of each bucket, ascending; there is one more for all above
   */
  Buckets(double... bounds) {
    this.bounds = Arrays.copyOf(bounds, bounds.length + 1);
    this.bounds[bounds.length] = Double.POSITIVE_INFINITY;
    this.counts = new LongAdder[this.bounds.length];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  void count(double value) {
    int bucket = 0;
    while (value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  HistogramDataPointSnapshot snapshot() {
    long[] now = Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, now))
        .sum(sum.sum())
        .build();
  }
}
