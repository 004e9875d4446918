package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import java.time.Duration;
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
  private final TaskRunner runner;
  private final QueueLink link;
  private final StopSignal stop;
  private final PayloadBudget budget;
  private final WorkerMetrics metrics;
  private int failures;
  private Optional<ClaimedTask> next = Optional.empty();
  private volatile @Nullable String breakdown;

  ClaimLoop(
      TaskSource source,
      TaskRunner runner,
      QueueLink link,
      StopSignal stop,
      PayloadBudget budget,
      WorkerMetrics metrics) {
    this.source = source;
    this.runner = runner;
    this.link = link;
    this.stop = stop;
    this.budget = budget;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    try {
      while (!stop.isQuiet() || next.isPresent()) {
        guardedTurn();
      }
    } catch (InterruptedException e) {
      LOG.error("interrupted from outside, this thread ends");
      Thread.currentThread().interrupt();
    }
  }

  private void guardedTurn() throws InterruptedException {
    try {
      turn();
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

  private void turn() throws InterruptedException {
    if (next.isEmpty() && !budget.begin(0)) {
      budget.awaitChange(FULL_WAIT);
      return;
    }
    Optional<ClaimedTask> claimed = next.isPresent() ? next : claim();
    next = Optional.empty();
    link.answered();
    failures = 0;
    breakdown = null;
    if (claimed.isPresent()) {
      next = runner.run(claimed.get());
    } else {
      source.awaitWork(IDLE_WAIT);
    }
  }

  private Optional<ClaimedTask> claim() {
    Optional<ClaimedTask> claimed = Optional.empty();
    try {
      claimed = source.claim();
      return claimed;
    } finally {
      budget.claimed(claimed);
    }
  }

  private void pause() throws InterruptedException {
    failures++;
    stop.pauseUnlessQuiet(link.backoff(failures));
  }

  Optional<String> problem() {
    return Optional.ofNullable(breakdown).map(reason -> "a worker thread broke down: " + reason);
  }
}
