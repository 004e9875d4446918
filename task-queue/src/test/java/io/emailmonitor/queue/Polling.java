package io.emailmonitor.queue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests for what happens on other threads or in other processes. */
public final class Polling {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private Polling() {}

  /** Returns when the condition holds; fails when it does not within a generous limit. */
  public static void until(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waited = System.nanoTime() - begin;
      if (waited > LIMIT.toNanos()) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      // Who looks all the time takes the processor from those on whom he waits.
      LockSupport.parkNanos(Math.min(SHORTEST_PAUSE + waited / 10, LONGEST_PAUSE));
    }
  }
}
