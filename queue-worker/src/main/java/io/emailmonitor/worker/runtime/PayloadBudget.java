package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds the bytes of the payloads in hand: how large a task is shows only when it has been
 * claimed, so that each claim is expected to bring one like the largest of late. One task is always
 * allowed. When tasks suddenly get larger, what is being claimed at that moment comes on top.
 * Thread-safe.
 */
final class PayloadBudget {
  private final long max;
  private long inHand;
  private long claiming;
  private long expected;
  private boolean known;
  private long changes;

  PayloadBudget(long max) {
    this.max = max;
    // Nothing is known yet: the first claim goes alone.
    this.expected = max;
  }

  /**
   * Whether to claim now; then {@link #claimed} has to follow.
   *
   * @param leaving bytes in hand that leave with this claim
   */
  synchronized boolean begin(long leaving) {
    long staying = inHand - leaving;
    boolean alone = staying <= 0 && claiming == 0;
    boolean fits = staying + (claiming + 1) * expected <= max;
    if (alone || fits) {
      claiming++;
    }
    return alone || fits;
  }

  synchronized void claimed(Optional<ClaimedTask> task) {
    claiming--;
    task.ifPresent(
        t -> {
          long bytes = t.payload().length;
          inHand += bytes;
          expected = known ? Math.max(bytes, expected - (expected + 7) / 8) : bytes;
          known = true;
        });
    changes++;
    notifyAll();
  }

  synchronized void letGo(ClaimedTask task) {
    inHand -= task.payload().length;
    changes++;
    notifyAll();
  }

  /** Returns when there may be room, at the latest after the given time. */
  synchronized void awaitChange(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long seen = changes;
    for (long left = atMost.toMillis(); left > 0 && changes == seen; left = millisUntil(end)) {
      wait(left);
    }
  }

  private static long millisUntil(long end) {
    return (end - System.nanoTime()) / 1_000_000;
  }
}
