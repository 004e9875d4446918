package io.emailmonitor.monitor.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last hour, in memory: how the queue was at regular times. Safe for use by several threads.
 */
final class Samples {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int KEPT = 361;

  /**
   * How it was at one time. What could not be found out is null.
   *
   * @param arrived attachments handed on so far
   * @param done tasks that workers are done with so far
   */
  record Sample(
      Instant at,
      @Nullable Long waiting,
      @Nullable Long waitingBytes,
      @Nullable Long claimed,
      @Nullable Long arrived,
      @Nullable Long done) {}

  /** Column by column, as charts take it; what came and went is that of the time before each. */
  record Series(
      int intervalSeconds,
      List<Long> at,
      List<@Nullable Long> waiting,
      List<@Nullable Long> waitingBytes,
      List<@Nullable Long> claimed,
      List<@Nullable Long> arrived,
      List<@Nullable Long> done) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void add(Sample sample) {
    samples.addLast(sample);
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  synchronized Series series() {
    Series series =
        new Series(
            (int) INTERVAL.toSeconds(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Sample before = null;
    for (Sample sample : samples) {
      series.at().add(sample.at().getEpochSecond());
      series.waiting().add(sample.waiting());
      series.waitingBytes().add(sample.waitingBytes());
      series.claimed().add(sample.claimed());
      series.arrived().add(before == null ? null : growth(before.arrived(), sample.arrived()));
      series.done().add(before == null ? null : growth(before.done(), sample.done()));
      before = sample;
    }
    return series;
  }

  /** A counter that went back began anew, as on an emptied server. */
  private static @Nullable Long growth(@Nullable Long from, @Nullable Long to) {
    return from == null || to == null ? null : to >= from ? Long.valueOf(to - from) : to;
  }
}
