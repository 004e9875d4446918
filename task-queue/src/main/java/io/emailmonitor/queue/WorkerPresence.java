package io.emailmonitor.queue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker last said of itself.
 *
 * @param name as in {@link Work}
 * @param silent how long ago it said so, by the server's clock
 * @param uptime how long it had been running then
 * @param concurrency how many tasks it handles at once
 * @param held how many tasks it had in hand
 * @param holdings these tasks, the longest held first; of very many only some
 */
public record WorkerPresence(
    String name,
    Duration silent,
    Duration uptime,
    int concurrency,
    int held,
    List<Holding> holdings) {
  /** More are counted only. */
  static final int MOST_HOLDINGS = 64;

  /** Saying so this often shows that a worker lives. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Whoever has been silent for so long counts as gone. */
  public static final Duration GONE_AFTER = Duration.ofSeconds(20);

  public WorkerPresence {
    holdings = List.copyOf(holdings.subList(0, Math.min(holdings.size(), MOST_HOLDINGS)));
  }

  /** What a worker says now. */
  public WorkerPresence(
      String name, Duration uptime, int concurrency, int held, List<Holding> holdings) {
    this(name, Duration.ZERO, uptime, concurrency, held, holdings);
  }

  /**
   * A task in a worker's hands.
   *
   * @param taskId null as long as it has not been read
   * @param age how long it had been held
   */
  public record Holding(String claimId, @Nullable String taskId, int attempt, Duration age) {}
}
