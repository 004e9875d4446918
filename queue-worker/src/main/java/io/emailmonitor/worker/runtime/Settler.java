package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource.Turn;
import io.emailmonitor.worker.runtime.WorkerMetrics.Fate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Settles each claimed task once: carries the decision to the queue, counts it and says it. Used by
 * all of the worker's threads, and by the one that stops them.
 */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final QueueLink link;
  private final StopSignal stop;
  private final WorkerMetrics metrics;

  Settler(QueueLink link, StopSignal stop, WorkerMetrics metrics) {
    this.link = link;
    this.stop = stop;
    this.metrics = metrics;
  }

  /** Returns the next task, if the queue handed out one in the same breath. */
  Optional<ClaimedTask> settle(Hold hold, Settlement settlement) throws InterruptedException {
    if (!hold.takeSettlement()) {
      return Optional.empty();
    }
    Fate fate = Fate.LOST;
    try {
      Turn turn = ask(settlement);
      fate = turn.acknowledged() ? settlement.fate() : Fate.LOST;
      return turn.next();
    } finally {
      metrics.settled(fate);
      say(hold, settlement, fate);
    }
  }

  /** Accounts for a task that was not settled, because something broke on the way there. */
  void abandon(Hold hold) {
    if (hold.takeSettlement()) {
      metrics.settled(Fate.LOST);
    }
  }

  /**
   * Keeps asking while the queue is away: there is nothing else to do then, the token protects
   * against settling for somebody else, and giving up would mean doing the work again.
   */
  private Turn ask(Settlement settlement) throws InterruptedException {
    int failures = 0;
    while (true) {
      try {
        Turn turn = settlement.command().get();
        link.answered();
        return turn;
      } catch (QueueUnavailableException e) {
        link.failed(e);
        failures++;
        if (!stop.pauseUnlessForced(link.backoff(failures))) {
          return new Turn(false, Optional.empty());
        }
      }
    }
  }

  private static void say(Hold hold, Settlement settlement, Fate fate) {
    Level level =
        switch (fate) {
          case DONE -> Level.DEBUG;
          case RELEASED -> Level.INFO;
          case RETRIED, BURIED, LOST -> Level.WARN;
        };
    String words =
        fate == Fate.LOST
            ? "lease lost, the queue hands it out again; here it was '" + settlement.words() + "'"
            : settlement.words();
    LOG.atLevel(level).log("task {} attempt {}: {}", hold.name(), hold.task().attempt(), words);
  }
}
