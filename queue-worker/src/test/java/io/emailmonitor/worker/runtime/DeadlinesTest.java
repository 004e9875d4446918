package io.emailmonitor.worker.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long a handler may take, and how long its task stays with the worker. */
class DeadlinesTest extends WithWorker {
  @Test
  void givesMoreTime_toAHandlerThatAsks() {
    enqueue("a");
    AtomicReference<@Nullable Instant> first = new AtomicReference<>();

    start(
        bounded(1, Duration.ofMillis(200), Long.MAX_VALUE),
        attempt -> {
          Instant before = attempt.deadline();
          first.set(before);
          assertThat(attempt.extend(Duration.ofMinutes(2)))
              .isEqualTo(attempt.deadline())
              .isAfter(before.plusSeconds(60));
          assertThat(attempt.extend(Duration.ZERO)).isEqualTo(attempt.deadline());
          assertThat(attempt.extend(Duration.ofDays(9))).isBefore(before.plus(LONG));
          return waitForGate(attempt);
        });

    Polling.until(
        "the first deadline is long past",
        () -> {
          Instant deadline = first.get();
          return deadline != null && Instant.now().isAfter(deadline.plusMillis(100));
        });
    assertThat(queue.claim()).isEmpty();
    open.countDown();
    untilCounted("done", 1);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void renewsTheLease_whileTheHandlerRuns() {
    enqueue("a");

    start(patience(LONG, Duration.ofMillis(30), LONG), this::waitForGate);

    Polling.until("3 renewals", () -> source.renewals.size() >= 3);
    open.countDown();
    untilCounted("done", 1);
    assertThat(source.renewals).containsOnly(Duration.ofMillis(30));
    assertThat(attempts).hasSize(1);
  }

  @Test
  void neverRenews_farBeyondTheDeadline() {
    enqueue("a");
    Duration timeout = Duration.ofMillis(300);
    Duration lease = Duration.ofMillis(200);

    start(patience(timeout, lease, Duration.ZERO), this::ignoreInterrupts);

    Polling.until("the deadline", () -> !attempts.isEmpty() && isPast(attempts.get(0)));
    int renewals = source.renewals.size();
    assertThat(source.renewals.get(renewals - 1)).isLessThan(lease);
    open.countDown();
    untilCounted("done", 1);
    assertThat(source.renewals).hasSize(renewals);
  }

  @Test
  void leavesTime_toSettleWhatWasInterruptedAtItsDeadline() {
    enqueue("a");
    Duration third = Duration.ofMillis(200);

    start(patience(third.multipliedBy(6), third.multipliedBy(3), LONG), this::ignoreInterrupts);

    Polling.until("the deadline", () -> !attempts.isEmpty() && isPast(attempts.get(0)));
    assertThat(source.leaseEnd).isAfterOrEqualTo(attempts.get(0).deadline().plus(third));
    open.countDown();
    untilCounted("done", 1);
  }

  private static boolean isPast(Attempt attempt) {
    return Instant.now().isAfter(attempt.deadline());
  }

  @Test
  void interruptsTheHandlerAtItsDeadline_andTriesAgain() {
    enqueue("a");

    start(
        patience(Duration.ofMillis(100), Duration.ofMillis(100), LONG),
        attempt -> attempt.number() == 1 ? waitForGate(attempt) : Outcome.done());

    untilCounted("done", 1);
    assertThat(attempts).hasSize(2);
    assertThat(count("retried")).isEqualTo(1);
  }

  @Test
  void interruptsAHandler_thatOnlyReadsItsContent() {
    enqueue("a");

    start(
        patience(Duration.ofMillis(100), Duration.ofMillis(100), LONG),
        attempt -> {
          while (attempt.number() == 1) {
            attempt.transferContentTo(OutputStream.nullOutputStream());
          }
          while (attempt.number() == 2) {
            attempt.openContent().readAllBytes();
          }
          return Outcome.done();
        });

    untilCounted("done", 1);
    assertThat(count("retried")).isEqualTo(2);
  }

  @Test
  void saysSo_whenAHandlerIgnoresItsDeadline() {
    enqueue("a");

    Worker worker =
        start(patience(Duration.ofMillis(50), Duration.ofMillis(50), LONG), this::ignoreInterrupts);

    Polling.until("a problem", () -> !worker.problems().isEmpty());
    assertThat(worker.problems()).singleElement().asString().contains("past their deadline");
    open.countDown();
    Polling.until("no problem", () -> worker.problems().isEmpty());
  }

  @Test
  void handlesOtherTasks_whileAHandlerIgnoresItsDeadline() {
    enqueue("hung");
    queue.enqueue(Tasks.tasks("a", 20));

    Worker worker =
        start(
            new Worker.Settings(
                2,
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                1000,
                SOON,
                Duration.ofSeconds(20)),
            attempt ->
                attempt.task().taskId().equals("hung") && attempt.number() == 1
                    ? ignoreInterrupts(attempt)
                    : Outcome.done());

    Polling.until("a problem", () -> !worker.problems().isEmpty());
    Polling.until("all others, and the second attempt", () -> count("done") >= 21);
    assertThat(worker.problems()).singleElement().asString().startsWith("1 of 2 handlers");
    open.countDown();
    Polling.until("its result counts for nothing", () -> count("lost") > 0);
    assertThat(worker.problems()).isEmpty();
  }

  @Test
  void countsATaskAsLost_whenAnotherWorkerGotIt() {
    enqueue("a");
    AtomicReference<@Nullable ClaimedTask> stolen = new AtomicReference<>();

    startHasty(
        settings(1),
        attempt -> {
          stolen.set(Claims.next(queue));
          return Outcome.done();
        });

    untilCounted("lost", 1);
    assertThat(count("done")).isZero();
    assertThat(queue.acknowledge(requireNonNull(stolen.get()))).isTrue();
  }

  @Test
  void interruptsTheHandler_whenItsLeaseIsLost() {
    enqueue("a");

    startHasty(
        patience(LONG, Duration.ofMillis(1500), LONG),
        attempt -> {
          Claims.next(queue);
          return waitForGate(attempt);
        });

    untilCounted("lost", 1);
    assertThat(open.getCount()).isEqualTo(1);
  }

  /** On a queue whose leases end at once, so that others can take what the worker has. */
  private void startHasty(Worker.Settings settings, TaskHandler handler) {
    InMemoryTaskQueue hasty =
        queue.with(QueueSettings.named("q").withDelivery(Duration.ofMillis(1), 3));
    Worker worker = new Worker(hasty, remembering(handler), settings, metrics);
    workers.add(worker);
    worker.start();
  }
}
