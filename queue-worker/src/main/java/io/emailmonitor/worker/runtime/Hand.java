package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one of the worker's threads has claimed together, apart from the task that it is working on:
 * tasks that it has not begun, and tasks that are done and wait for being acknowledged together.
 * Neither waits long: when a handler takes its time, {@link Relief} empties the hand. Thread-safe.
 */
final class Hand {
  /** A task that a handler has done. */
  record Finished(String name, ClaimedTask task) {}

  private final Deque<ClaimedTask> waiting = new ArrayDeque<>();
  private final List<Finished> done = new ArrayList<>();
  private long filledNanos;

  synchronized void fill(List<ClaimedTask> claimed) {
    waiting.addAll(claimed);
    filledNanos = System.nanoTime();
  }

  synchronized @Nullable ClaimedTask next() {
    return waiting.poll();
  }

  synchronized boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  synchronized void done(Finished task) {
    done.add(task);
  }

  synchronized List<ClaimedTask> takeWaiting() {
    List<ClaimedTask> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  synchronized List<Finished> takeDone() {
    List<Finished> taken = List.copyOf(done);
    done.clear();
    return taken;
  }

  /** Whether there is something in this hand that was claimed so long ago. */
  synchronized boolean isOlderThan(Duration age) {
    boolean empty = waiting.isEmpty() && done.isEmpty();
    return !empty && System.nanoTime() - filledNanos > age.toNanos();
  }
}
