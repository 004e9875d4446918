package io.emailmonitor.worker.runtime;

/**
 * How many tasks a thread claims at once: as many as it expects to be done with in a moment, so
 * that tasks which take a fraction of a millisecond share their round trips, and all others come
 * one by one. For one thread.
 */
final class Pace {
  private static final int MOST = 16;
  private static final double MOMENT_NANOS = 10_000_000;

  /** How much of the average is the latest task. */
  private static final double WEIGHT = 0.2;

  private double averageNanos = MOMENT_NANOS;

  void handled(long nanos) {
    averageNanos += WEIGHT * (nanos - averageNanos);
  }

  int tasks() {
    return (int) Math.max(1, Math.min(MOST, MOMENT_NANOS / averageNanos));
  }
}
