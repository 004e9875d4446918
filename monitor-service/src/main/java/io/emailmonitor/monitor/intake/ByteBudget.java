package io.emailmonitor.monitor.intake;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds how many bytes fetched content takes in memory at the same time. First come, first served,
 * so that large content is not starved by small. Safe for use by several threads.
 */
final class ByteBudget {
  /** A semaphore counts in ints; in steps of this size it reaches two terabytes. */
  private static final int STEP = 1024;

  private final int total;
  private final Semaphore free;

  ByteBudget(long bytes) {
    total = Math.max(1, steps(bytes));
    free = new Semaphore(total, true);
  }

  /**
   * Waits until there is room. Whatever is larger than the whole budget gets all of it, and with it
   * the certainty of being alone.
   *
   * <p>Nobody may wait here who holds room already, except those whom another thread frees of it:
   * otherwise all could wait for each other.
   */
  Room reserve(long bytes) throws InterruptedException {
    int steps = Math.min(total, steps(bytes));
    free.acquire(steps);
    return new Room(steps);
  }

  /** How many bytes are reserved now, in whole steps. */
  long reserved() {
    return (long) (total - free.availablePermits()) * STEP;
  }

  private static int steps(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + STEP - 1) / STEP);
  }

  /** A part of the budget that somebody holds. Safe for use by several threads. */
  final class Room {
    private final AtomicReference<Integer> held;

    private Room(int steps) {
      held = new AtomicReference<>(steps);
    }

    /** Gives back what is not needed after all. */
    void shrinkTo(long bytes) {
      int needed = steps(bytes);
      int before = held.getAndUpdate(steps -> Math.min(steps, needed));
      free.release(Math.max(0, before - needed));
    }

    /** Gives everything back; the second time nothing. */
    void release() {
      free.release(held.getAndSet(0));
    }
  }
}
