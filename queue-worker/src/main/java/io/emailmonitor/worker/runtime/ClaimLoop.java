package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.TaskSource.Claim;
import io.emailmonitor.queue.TaskSource.Room;
import io.emailmonitor.service.health.Pulse;
import io.emailmonitor.worker.runtime.Hand.Finished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one of the worker's threads does: claim, run, again. No failure ends it but an interrupt; a
 * failure that should not exist is loud, reddens health until the next claim works, and is followed
 * by a pause.
 */
final class ClaimLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);

  /** How long a quiet queue may delay stopping: waiting for work cannot be interrupted. */
  private static final Duration IDLE_WAIT = Duration.ofSeconds(1);

  /** How long too many bytes in hand may delay stopping. */
  private static final Duration FULL_WAIT = Duration.ofMillis(200);

  private final TaskSource source;
  private final Hand hand;
  private final TaskRunner runner;
  private final Settler settler;
  private final QueueLink link;
  private final StopSignal stop;
  private final PayloadBudget budget;
  private final WorkerMetrics metrics;
  private final Pulse pulse;
  private final Pace pace = new Pace();
  private boolean idle;
  private int failures;
  private volatile boolean handling;
  private volatile @Nullable String breakdown;

  ClaimLoop(
      TaskSource source,
      Hand hand,
      TaskRunner runner,
      Settler settler,
      QueueLink link,
      StopSignal stop,
      PayloadBudget budget,
      WorkerMetrics metrics,
      Duration longestRound) {
    this.pulse = new Pulse("a worker thread, while it talks to the queue,", longestRound);
    this.source = source;
    this.hand = hand;
    this.runner = runner;
    this.settler = settler;
    this.link = link;
    this.stop = stop;
    this.budget = budget;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    try {
      while (!stop.isQuiet() || (hand.hasWaiting() && !stop.isForced())) {
        guardedTurn();
      }
      settler.acknowledge(hand.takeDone());
      hand.takeWaiting().forEach(settler::giveBack);
    } catch (InterruptedException e) {
      LOG.error("interrupted from outside, this thread ends");
      Thread.currentThread().interrupt();
    }
  }

  private void guardedTurn() throws InterruptedException {
    pulse.beat();
    try {
      ClaimedTask task = hand.next();
      if (task == null) {
        fillHand();
      } else {
        handle(task);
      }
    } catch (QueueUnavailableException e) {
      link.failed(e);
      pause();
    } catch (RuntimeException | Error e) {
      breakdown = Reasons.of(e);
      metrics.brokeDown();
      LOG.error("a worker thread broke down, it goes on after a pause", e);
      pause();
    }
  }

  private void handle(ClaimedTask task) throws InterruptedException {
    long begin = System.nanoTime();
    long bytes = task.payload().length;
    handling = true;
    try {
      runner.run(task, hand);
    } finally {
      pulse.beat();
      handling = false;
      budget.letGo(bytes);
      pace.handled(System.nanoTime() - begin);
    }
  }

  private void fillHand() throws InterruptedException {
    List<Finished> done = hand.takeDone();
    Optional<Room> room = stop.isQuiet() ? Optional.empty() : budget.reserve(pace.tasks());
    if (room.isEmpty()) {
      settler.acknowledge(done);
      if (!stop.isQuiet()) {
        budget.awaitChange(FULL_WAIT);
      }
      return;
    }
    boolean waited = idle && done.isEmpty();
    Claim claim = waited ? awaitAndClaim(room.get()) : claim(done, room.get());
    link.answered();
    failures = 0;
    breakdown = null;
    idle = claim.tasks().isEmpty() && claim.tooLarge() == 0;
    metrics.claimed(claim.tasks().size());
    if (waited && stop.isQuiet()) {
      claim.tasks().forEach(settler::giveBack);
    } else {
      hand.fill(claim.tasks());
    }
  }

  private Claim claim(List<Finished> done, Room room) throws InterruptedException {
    Claim claim = Claim.NOTHING;
    try {
      claim = settler.acknowledgeAndClaim(done, room);
      return claim;
    } finally {
      budget.claimed(room, claim);
    }
  }

  /** One task at most: it has to wait for its lease if this worker is gone when it comes. */
  private Claim awaitAndClaim(Room room) {
    Claim claim = Claim.NOTHING;
    try {
      claim = source.awaitAndClaim(IDLE_WAIT, new Room(1, room.bytes(), room.oneOfAnySize()));
      return claim;
    } finally {
      budget.claimed(room, claim);
    }
  }

  private void pause() throws InterruptedException {
    failures++;
    stop.pauseUnlessQuiet(link.backoff(failures));
  }

  Optional<String> problem() {
    return Optional.ofNullable(breakdown).map(reason -> "a worker thread broke down: " + reason);
  }

  /** That this thread hangs outside of a handler: inside, the task's deadline is looked after. */
  Optional<String> hangs() {
    return handling ? Optional.empty() : pulse.problem();
  }
}
