package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.TaskSource.Turn;
import io.emailmonitor.worker.runtime.WorkerMetrics.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a claimed task is to leave this worker's hands.
 *
 * @param fate what it counts as when the queue agrees
 * @param words what is said of it in the log
 * @param command asks the queue, which may hand out the next task in the same breath
 */
record Settlement(Fate fate, String words, Supplier<Turn> command) {

  static Settlement done(
      TaskSource source, ClaimedTask task, StopSignal stop, PayloadBudget budget) {
    return new Settlement(
        Fate.DONE,
        "done",
        () ->
            stop.isQuiet() || !budget.begin(task.payload().length)
                ? only(source.acknowledge(task))
                : acknowledgeAndClaim(source, task, budget));
  }

  private static Turn acknowledgeAndClaim(
      TaskSource source, ClaimedTask task, PayloadBudget budget) {
    Turn turn = only(false);
    try {
      turn = source.acknowledgeAndClaim(task);
      return turn;
    } finally {
      budget.claimed(turn.next());
    }
  }

  static Settlement retry(TaskSource source, ClaimedTask task, Duration delay, String reason) {
    return new Settlement(
        Fate.RETRIED,
        "comes back in " + delay.toMillis() + " ms: " + reason,
        () -> only(source.retryAfter(task, delay, reason)));
  }

  static Settlement bury(TaskSource source, ClaimedTask task, String reason) {
    return new Settlement(Fate.BURIED, "is dead: " + reason, () -> only(source.bury(task, reason)));
  }

  static Settlement release(TaskSource source, ClaimedTask task) {
    return new Settlement(
        Fate.RELEASED, "given back, this worker stops", () -> only(source.release(task)));
  }

  /** Somebody else has the task: there is nothing to ask the queue. */
  static Settlement lost() {
    return new Settlement(Fate.LOST, "interrupted", () -> only(false));
  }

  private static Turn only(boolean settled) {
    return new Turn(settled, Optional.empty());
  }
}
