package io.emailmonitor.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long after each failure, within bounds, and with
 * chance in it so that what failed together does not come back together.
 *
 * @param first the longest wait after the first failure
 * @param max the longest wait ever
 */
public record RetryPolicy(Duration first, Duration max) {
  /** From about 5 s to about 10 min. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(10));

  /** More doublings of a millisecond than this pass any bound that makes sense. */
  private static final int MAX_DOUBLINGS = 40;

  public RetryPolicy {
    if (first.toMillis() < 1 || max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "first delay is " + first + ", longest is " + max + "; 1 ms <= first <= longest");
    }
  }

  /**
   * The wait after a failure, between half of what is due and all of it.
   *
   * @param failures how many there have been in a row, from 1
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
    long due = max.toMillis();
    if (first.toMillis() <= due >> doublings) {
      due = first.toMillis() << doublings;
    }
    return Duration.ofMillis(due / 2 + random.nextLong(due - due / 2 + 1));
  }
}
