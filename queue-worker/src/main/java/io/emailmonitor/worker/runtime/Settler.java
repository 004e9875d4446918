package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.TaskSource.Claim;
import io.emailmonitor.queue.TaskSource.Room;
import io.emailmonitor.queue.TaskSource.Turn;
import io.emailmonitor.service.logging.Concerning;
import io.emailmonitor.worker.runtime.Hand.Finished;
import io.emailmonitor.worker.runtime.WorkerMetrics.Fate;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Settles each claimed task once: carries the decision to the queue, counts it and says it. Used by
 * all of the worker's threads, and by the one that stops them.
 */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final TaskSource source;
  private final QueueLink link;
  private final StopSignal stop;
  private final WorkerMetrics metrics;

  Settler(TaskSource source, QueueLink link, StopSignal stop, WorkerMetrics metrics) {
    this.source = source;
    this.link = link;
    this.stop = stop;
    this.metrics = metrics;
  }

  /** Settles a task by itself; false if somebody else has settled it, or is about to. */
  boolean settle(Hold hold, Settlement settlement) throws InterruptedException {
    if (!hold.takeSettlement()) {
      return false;
    }
    boolean agreed = false;
    try {
      agreed = ask(() -> settlement.command().getAsBoolean(), false);
    } finally {
      Fate fate = agreed ? settlement.fate() : Fate.LOST;
      metrics.settled(fate);
      say(hold.name(), hold.task(), fate, settlement.words());
    }
    return true;
  }

  /** Accounts for a task that was not settled, because something broke on the way there. */
  void abandon(Hold hold) {
    if (hold.takeSettlement()) {
      metrics.settled(Fate.LOST);
    }
  }

  void acknowledge(List<Finished> done) throws InterruptedException {
    if (!done.isEmpty()) {
      List<ClaimedTask> tasks = tasks(done);
      settled(done, () -> new Turn(source.acknowledge(tasks), Claim.NOTHING));
    }
  }

  /**
   * Acknowledges and claims; a queue that is away is waited for only if there is something to
   * acknowledge.
   */
  Claim acknowledgeAndClaim(List<Finished> done, Room room) throws InterruptedException {
    if (done.isEmpty()) {
      return source.claim(room);
    }
    List<ClaimedTask> tasks = tasks(done);
    return settled(done, () -> source.acknowledgeAndClaim(tasks, room)).next();
  }

  private Turn settled(List<Finished> done, Supplier<Turn> command) throws InterruptedException {
    Turn unknown = new Turn(Collections.nCopies(done.size(), false), Claim.NOTHING);
    Turn turn = unknown;
    try {
      turn = ask(command, unknown);
      return turn;
    } finally {
      for (int i = 0; i < done.size(); i++) {
        Fate fate = turn.acknowledged().get(i) ? Fate.DONE : Fate.LOST;
        metrics.settled(fate);
        say(done.get(i).name(), done.get(i).task(), fate, "done");
      }
    }
  }

  private static List<ClaimedTask> tasks(List<Finished> done) {
    return done.stream().map(Finished::task).toList();
  }

  /** Gives back a task that was not begun; if the queue is away, the lease does so. */
  void giveBack(ClaimedTask task) {
    Fate fate = Fate.LOST;
    try {
      fate = source.release(task) ? Fate.RELEASED : Fate.LOST;
    } catch (QueueUnavailableException e) {
      link.failed(e);
    } finally {
      metrics.settled(fate);
      say("of claim " + task.claimId(), task, fate, "given back, it was not begun");
    }
  }

  /**
   * Keeps asking while the queue is away: there is nothing else to do then, the token protects
   * against settling for somebody else, and giving up would mean doing the work again.
   */
  private <T> T ask(Supplier<T> command, T whenForced) throws InterruptedException {
    int failures = 0;
    while (true) {
      try {
        T answer = command.get();
        link.answered();
        return answer;
      } catch (QueueUnavailableException e) {
        link.failed(e);
        failures++;
        if (!stop.pauseUnlessForced(link.backoff(failures))) {
          return whenForced;
        }
      }
    }
  }

  private static void say(String name, ClaimedTask task, Fate fate, String words) {
    Concerning concerning = Concerning.task(name);
    try (concerning) {
      log(name, task, fate, words);
    }
  }

  private static void log(String name, ClaimedTask task, Fate fate, String words) {
    Level level =
        switch (fate) {
          case DONE -> Level.DEBUG;
          case RELEASED -> Level.INFO;
          case RETRIED, BURIED, LOST -> Level.WARN;
        };
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level)
          .log(
              "task {} attempt {}: {}",
              name,
              task.attempt(),
              fate == Fate.LOST
                  ? "lease lost, the queue hands it out again; here it was '" + words + "'"
                  : words);
    }
  }
}
