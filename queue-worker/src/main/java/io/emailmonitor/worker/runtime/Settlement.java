package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.worker.runtime.WorkerMetrics.Fate;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a claimed task is to leave this worker's hands.
 *
 * @param task the task, with a word on the work that was done for it
 * @param fate what it counts as when the queue agrees
 * @param words what is said of it in the log
 * @param command asks the queue, which answers whether the task was still ours
 */
record Settlement(ClaimedTask task, Fate fate, String words, BooleanSupplier command) {

  static Settlement done(TaskSource source, ClaimedTask task) {
    return new Settlement(task, Fate.DONE, "done", () -> source.acknowledge(task));
  }

  static Settlement retry(TaskSource source, ClaimedTask task, Duration delay, String reason) {
    return new Settlement(
        task,
        Fate.RETRIED,
        "comes back in " + delay.toMillis() + " ms: " + reason,
        () -> source.retryAfter(task, delay, reason));
  }

  static Settlement bury(TaskSource source, ClaimedTask task, String reason) {
    return new Settlement(task, Fate.BURIED, "is dead: " + reason, () -> source.bury(task, reason));
  }

  static Settlement release(TaskSource source, ClaimedTask task) {
    return new Settlement(
        task, Fate.RELEASED, "given back, this worker stops", () -> source.release(task));
  }

  /** Somebody else has the task: there is nothing to ask the queue. */
  static Settlement lost(ClaimedTask task) {
    return new Settlement(task, Fate.LOST, "interrupted", () -> false);
  }
}
