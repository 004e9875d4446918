package io.emailmonitor.monitor.dashboard;

import io.emailmonitor.monitor.ledger.Overview;
import io.emailmonitor.monitor.ledger.Overview.Trip;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How long attachments took from the arrival of their mail, minute by minute of the last hour. The
 * ledger is asked for the latest minutes only, but at first. For one thread at a time.
 */
final class Latencies {
  private static final Duration KEPT = Duration.ofHours(1);

  /** What workers report comes a little late. */
  private static final Duration UNSETTLED = Duration.ofMinutes(2);

  /** What lay in a mailbox before it was watched says nothing about how quick we are. */
  private static final Duration FRESH = Duration.ofDays(1);

  /** More of one look than tell something new. */
  private static final int MOST = 10_000;

  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.95;

  /** Half, and 95 of 100, took at most so long. */
  record Spread(int count, long medianMs, long p95Ms) {
    static @Nullable Spread of(long[] sorted) {
      return sorted.length == 0
          ? null
          : new Spread(sorted.length, at(sorted, HALF), at(sorted, NEARLY_ALL));
    }

    private static long at(long[] sorted, double share) {
      return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
  }

  /**
   * Of the last hour.
   *
   * @param toQueue until they were handed on
   * @param toDone until a worker was done with them
   */
  record LastHour(@Nullable Spread toQueue, @Nullable Spread toDone) {}

  /**
   * Column by column, as charts take it; null where nothing came.
   *
   * @param at when each minute begins
   */
  record Series(
      List<Long> at,
      List<@Nullable Long> toQueueMedianMs,
      List<@Nullable Long> toQueueP95Ms,
      List<@Nullable Long> toDoneMedianMs,
      List<@Nullable Long> toDoneP95Ms) {}

  private final Overview overview;
  private Instant knownUntil = Instant.EPOCH;

  /** Milliseconds, ascending, by the minute in which they ended. */
  private final NavigableMap<Instant, long[]> toQueue = new TreeMap<>();

  private final NavigableMap<Instant, long[]> toDone = new TreeMap<>();

  Latencies(Overview overview) {
    this.overview = overview;
  }

  /** Brings it up to date. */
  LastHour look(Instant now) {
    Instant oldest = minute(now.minus(KEPT));
    Instant since = knownUntil.isBefore(oldest) ? oldest : minute(knownUntil.minus(UNSETTLED));
    take(toQueue, overview.handedOn(since, MOST), oldest);
    take(toDone, overview.done(since, MOST), oldest);
    knownUntil = now;
    return new LastHour(Spread.of(all(toQueue)), Spread.of(all(toDone)));
  }

  /** A look that could not see all of a minute does not replace one that saw more. */
  private static void take(NavigableMap<Instant, long[]> known, List<Trip> trips, Instant oldest) {
    Map<Instant, List<Trip>> byMinute =
        trips.stream()
            .filter(trip -> trip.reachedAt().isBefore(trip.arrivedAt().plus(FRESH)))
            .collect(Collectors.groupingBy(trip -> minute(trip.reachedAt())));
    byMinute.forEach(
        (minute, those) ->
            known.merge(
                minute,
                those.stream().mapToLong(Latencies::millis).sorted().toArray(),
                (old, fresh) -> fresh.length < old.length ? old : fresh));
    known.headMap(oldest).clear();
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }

  /** The mail system's clock and ours differ; nothing takes less than no time. */
  private static long millis(Trip trip) {
    return Math.max(0, Duration.between(trip.arrivedAt(), trip.reachedAt()).toMillis());
  }

  private static long[] all(NavigableMap<Instant, long[]> known) {
    return known.values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  /** Of the minutes until the latest look. */
  Series series() {
    List<Instant> minutes =
        LongStream.rangeClosed(0, KEPT.toMinutes())
            .mapToObj(i -> minute(knownUntil).minus(KEPT).plus(i, ChronoUnit.MINUTES))
            .toList();
    return new Series(
        minutes.stream().map(Instant::getEpochSecond).toList(),
        column(minutes, toQueue, Spread::medianMs),
        column(minutes, toQueue, Spread::p95Ms),
        column(minutes, toDone, Spread::medianMs),
        column(minutes, toDone, Spread::p95Ms));
  }

  private static List<@Nullable Long> column(
      List<Instant> minutes, Map<Instant, long[]> known, ToLongFunction<Spread> value) {
    List<@Nullable Long> column = new ArrayList<>();
    for (Instant minute : minutes) {
      Spread spread = Spread.of(known.getOrDefault(minute, new long[0]));
      column.add(spread == null ? null : Long.valueOf(value.applyAsLong(spread)));
    }
    return column;
  }
}
