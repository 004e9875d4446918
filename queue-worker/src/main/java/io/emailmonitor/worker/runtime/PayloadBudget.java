package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.TaskSource.Claim;
import io.emailmonitor.queue.TaskSource.Room;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds the bytes of the payloads in hand: the queue hands out only what there is room for. One
 * task is always taken when nothing else is in hand, however large. Thread-safe.
 */
final class PayloadBudget {
  private final long max;
  private final long share;
  private long inHand;
  private long reserved;
  private long wanted;
  private long changes;

  /**
   * Room for so many bytes.
   *
   * @param claimants how many threads claim; each reserves its share while it asks the queue
   */
  PayloadBudget(long max, int claimants) {
    this.max = max;
    this.share = Math.max(1, max / claimants);
  }

  /** Room to claim into, if there is any; then {@link #claimed} has to follow. */
  synchronized Optional<Room> reserve(int tasks) {
    long free = max - inHand - reserved;
    boolean alone = inHand == 0 && reserved == 0;
    // What is next in turn is not overtaken: room that is too small for it is none.
    if (!alone && free < Math.max(1, wanted)) {
      return Optional.empty();
    }
    long bytes = Math.max(0, Math.min(free, Math.max(share, wanted)));
    reserved += bytes;
    return Optional.of(new Room(tasks, bytes, alone));
  }

  synchronized void claimed(Room room, Claim claim) {
    reserved -= room.bytes();
    inHand += claim.tasks().stream().mapToLong(task -> task.payload().length).sum();
    wanted = claim.tooLarge();
    changed();
  }

  synchronized void letGo(long bytes) {
    inHand -= bytes;
    changed();
  }

  private void changed() {
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
