package io.emailmonitor.worker.runtime;

import com.codahale.metrics.Timer;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.service.logging.Concerning;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import io.emailmonitor.worker.runtime.WorkerMetrics.Fate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claimed task through its handler to its settlement, whatever the task holds and the
 * handler does. Used by all of the worker's threads.
 */
final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final TaskSource source;
  private final TaskHandler handler;
  private final Worker.Settings settings;
  private final LeaseKeeper leases;
  private final Settler settler;
  private final WorkerMetrics metrics;

  TaskRunner(
      TaskSource source,
      TaskHandler handler,
      Worker.Settings settings,
      LeaseKeeper leases,
      Settler settler,
      WorkerMetrics metrics) {
    this.source = source;
    this.handler = handler;
    this.settings = settings;
    this.leases = leases;
    this.settler = settler;
    this.metrics = metrics;
  }

  /** Tasks that are done go into the hand, to be acknowledged together; others are settled here. */
  void run(ClaimedTask claimed, Hand hand) throws InterruptedException {
    Hold hold = leases.hold(claimed);
    try {
      Settlement settlement = attempt(hold);
      if (settlement.fate() != Fate.DONE) {
        boolean ignored = settler.settle(hold, settlement);
      } else if (hold.takeSettlement()) {
        hand.done(new Hand.Finished(hold.name(), settlement.task()));
      }
    } finally {
      leases.letGo(hold);
      settler.abandon(hold);
    }
  }

  private Settlement attempt(Hold hold) {
    try {
      DecodedTask decoded = TaskCodec.decode(hold.task().payload());
      hold.nameTask(decoded.task().taskId());
      Outcome outcome = timed(decoded, hold);
      hold.handlerReturned();
      return settlement(
          finished(hold), Objects.requireNonNull(outcome, "the handler answered null"));
    } catch (Throwable failure) {
      return afterFailure(hold, failure);
    }
  }

  private Outcome timed(DecodedTask decoded, Hold hold) throws Exception {
    Concerning concerning = Concerning.task(hold.name());
    try (concerning) {
      return handled(decoded, hold);
    }
  }

  private Outcome handled(DecodedTask decoded, Hold hold) throws Exception {
    Timer.Context duration = metrics.handling(decoded.contentLength());
    try (ClaimedAttempt attempt = new ClaimedAttempt(decoded, hold, leases)) {
      return handler.handle(attempt);
    } finally {
      duration.stop();
    }
  }

  private Settlement settlement(ClaimedTask task, Outcome outcome) {
    return outcome.match(
        new Outcome.Cases<>() {
          @Override
          public Settlement done() {
            return Settlement.done(source, task);
          }

          @Override
          public Settlement retry(String reason) {
            return retryOrBury(task, delay(task), Reasons.plain(reason));
          }

          @Override
          public Settlement retryAfter(Duration delay, String reason) {
            return retryOrBury(task, delay, Reasons.plain(reason));
          }

          @Override
          public Settlement bury(String reason) {
            return Settlement.bury(source, task, Reasons.plain(reason));
          }
        });
  }

  private Settlement afterFailure(Hold hold, Throwable failure) {
    ClaimedTask task = finished(hold);
    Optional<Hold.Cause> interruption = hold.handlerReturned();
    Optional<MalformedTaskException> malformed = Reasons.malformed(failure);
    if (malformed.isPresent()) {
      return Settlement.bury(source, task, Reasons.of(malformed.get()));
    }
    if (interruption.isPresent()) {
      return switch (interruption.get()) {
        case STOP -> Settlement.release(source, task);
        case LEASE_LOST -> Settlement.lost(task);
        case DEADLINE ->
            retryOrBury(task, delay(task), "no result within " + hold.age().toMillis() + " ms");
      };
    }
    LOG.debug("task {} attempt {} failed", hold.name(), task.attempt(), failure);
    return retryOrBury(task, delay(task), Reasons.of(failure));
  }

  private ClaimedTask finished(Hold hold) {
    return hold.finishedBy(settings.name());
  }

  private Duration delay(ClaimedTask task) {
    return settings.retry().delay(task.attempt(), ThreadLocalRandom.current());
  }

  /** After the last delivery the queue would bury the task itself, but without knowing why. */
  private Settlement retryOrBury(ClaimedTask task, Duration delay, String reason) {
    int last = settings.maxDeliveries();
    return task.attempt() < last
        ? Settlement.retry(source, task, delay, reason)
        : Settlement.bury(source, task, reason + " (attempt " + task.attempt() + ", the last one)");
  }
}
