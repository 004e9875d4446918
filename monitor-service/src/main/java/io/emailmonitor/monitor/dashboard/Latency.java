package io.emailmonitor.monitor.dashboard;

import io.emailmonitor.monitor.ledger.Overview.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long attachments took from the arrival of their mail.
 *
 * @param toQueue until they were handed on
 * @param toDone until a worker was done with them
 */
record Latency(@Nullable Spread toQueue, @Nullable Spread toDone) {
  /** What lay in a mailbox before it was watched says nothing about how quick we are. */
  private static final Duration FRESH = Duration.ofDays(1);

  /** Half, and 95 of 100, took at most so long. */
  record Spread(int count, long medianMs, long p95Ms) {}

  static Latency of(List<Journey> journeys) {
    List<Journey> fresh =
        journeys.stream().filter(j -> j.handedOnAt().isBefore(j.receivedAt().plus(FRESH))).toList();
    return new Latency(spread(fresh, Journey::handedOnAt), spread(fresh, Journey::settledAt));
  }

  private static @Nullable Spread spread(
      List<Journey> journeys, Function<Journey, @Nullable Instant> station) {
    List<Long> millis =
        journeys.stream().map(j -> millis(j, station)).filter(Objects::nonNull).sorted().toList();
    return millis.isEmpty() ? null : new Spread(millis.size(), at(millis, 0.5), at(millis, 0.95));
  }

  /** The mail system's clock and ours differ; nothing takes less than no time. */
  private static @Nullable Long millis(
      Journey journey, Function<Journey, @Nullable Instant> station) {
    Instant reached = station.apply(journey);
    return reached == null
        ? null
        : Long.valueOf(Math.max(0, Duration.between(journey.receivedAt(), reached).toMillis()));
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
