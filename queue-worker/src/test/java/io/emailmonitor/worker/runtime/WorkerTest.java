package io.emailmonitor.worker.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerTest extends WithWorker {
  @Test
  void handlesEveryTaskOnce() {
    queue.enqueue(Tasks.tasks("a", 100));

    start(settings(4), attempt -> Outcome.done());

    untilCounted("done", 100);
    assertThat(handledIds()).doesNotHaveDuplicates().hasSize(100);
    assertThat(queue.stats().claimed()).isZero();
    assertThat(queue.stats().dead()).isZero();
  }

  @Test
  void handlesAsManyTasksAtOnce_asItHasThreads() {
    CyclicBarrier together = new CyclicBarrier(3);
    enqueue("a", "b", "c");

    start(
        settings(3),
        attempt -> {
          together.await(1, TimeUnit.MINUTES);
          return Outcome.done();
        });

    untilCounted("done", 3);
  }

  @Test
  void showsTheTaskAndItsContent() throws Exception {
    enqueue("a");
    Instant before = Instant.now();

    start(settings(1), attempt -> Outcome.done());

    untilCounted("done", 1);
    Attempt attempt = attempts.get(0);
    assertThat(attempt.task()).isEqualTo(Tasks.task("a").task());
    assertThat(attempt.content()).asString().isEqualTo("content of a");
    assertThat(attempt.openContent()).hasBinaryContent(attempt.content());
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.deadline()).isBetween(before.plus(LONG), Instant.now().plus(LONG));
    assertThat(metrics.meter("worker.content.bytes").getCount()).isEqualTo(12);
    assertThat(metrics.timer("worker.task.duration").getCount()).isEqualTo(1);
  }

  @Test
  void leavesAWordOnEachEnd() {
    queue.push("hello".getBytes(StandardCharsets.UTF_8));
    enqueue("a", "b");

    start(
        settings(1),
        attempt ->
            attempt.task().taskId().equals("a") ? Outcome.done() : Outcome.bury("not for us"));

    untilCounted("buried", 2);
    List<TaskEvent> events = queue.eventsAfter(TaskEvents.BEGINNING, 10).events();
    assertThat(events).extracting(TaskEvent::taskId).containsExactly(null, "a", "b");
    assertThat(events).extracting(TaskEvent::outcome).containsExactly("buried", "done", "buried");
    assertThat(events.get(0).reason()).contains("not valid JSON");
    assertThat(events.get(2).reason()).isEqualTo("not for us");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.worker()).endsWith(":" + ProcessHandle.current().pid());
              assertThat(event.duration()).isBetween(Duration.ZERO, LONG);
            });
  }

  @Test
  void lendsTheContentAsAFile_untilTheAttemptEnds() {
    enqueue("a");
    AtomicReference<@Nullable Path> lent = new AtomicReference<>();

    start(
        settings(1),
        attempt -> {
          Path file = attempt.contentFile();
          assertThat(file).hasFileName("a.pdf").hasContent("content of a");
          assertThat(attempt.contentFile()).isEqualTo(file);
          lent.set(file);
          return Outcome.done();
        });

    untilCounted("done", 1);
    Path file = requireNonNull(lent.get());
    assertThat(file).doesNotExist();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void claimsNoMore_whileTheTasksInHandAreTooLarge() {
    enqueue("a", "b", "c");
    long two = 2L * Tasks.task("a").json().length;

    start(bounded(3, LONG, two + 1), this::waitForGate);

    Polling.until("two are in hand", () -> atGate.get() == 2);
    int claims = source.claims.get();
    Instant later = Instant.now().plusMillis(300);
    Polling.until("some time has passed", () -> Instant.now().isAfter(later));
    assertThat(atGate.get()).isEqualTo(2);
    // The third thread asks once, to be told how large the next task is.
    assertThat(source.claims.get()).isLessThanOrEqualTo(claims + 1);
    open.countDown();
    untilCounted("done", 3);
  }

  @Test
  void sharesRoundTrips_whenHandlersAreQuick() {
    queue.enqueue(Tasks.tasks("a", 500));

    start(settings(1), attempt -> Outcome.done());

    untilCounted("done", 500);
    assertThat(source.claims.get()).isLessThan(250);
    assertThat(queue.stats().claimed()).isZero();
  }

  @Test
  void keepsNothingForItself_whenAQuickHandlerGetsSlow() {
    queue.enqueue(Tasks.tasks("a", 300));
    AtomicInteger calls = new AtomicInteger();

    start(
        settings(1),
        attempt -> calls.incrementAndGet() == 200 ? waitForGate(attempt) : Outcome.done());

    Polling.until("the handler waits", () -> atGate.get() == 1);
    untilCounted("in_flight", 1);
    start(settings(1), attempt -> Outcome.done());
    untilCounted("done", 299);
    open.countDown();
    untilCounted("done", 300);
    assertThat(count("lost")).isZero();
  }

  @Test
  void takesOneTask_howeverLarge() {
    enqueue("a", "b", "c");

    start(bounded(3, LONG, 1), attempt -> Outcome.done());

    untilCounted("done", 3);
  }

  @Test
  void waitsLongerAndLonger_whileTheQueueIsAway_andRecovers() {
    queue.setUnavailable(true);
    long start = System.nanoTime();

    Worker worker = start(settings(1), attempt -> Outcome.done());

    Polling.until("4 failed claims", () -> source.claims.get() >= 4);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(650));
    assertThat(worker.problems()).singleElement().asString().contains("told to fail");
    queue.setUnavailable(false);
    enqueue("a");
    untilCounted("done", 1);
    assertThat(worker.problems()).isEmpty();
  }

  @Test
  void settlesWhatIsDone_asSoonAsTheQueueIsBack() {
    enqueue("a");
    Worker worker = start(settings(1), this::waitForGate);
    Polling.until("the handler runs", () -> !attempts.isEmpty());
    queue.setUnavailable(true);

    open.countDown();
    Polling.until("the worker notices", () -> !worker.problems().isEmpty());
    queue.setUnavailable(false);

    untilCounted("done", 1);
    assertThat(attempts).hasSize(1);
    assertThat(queue.stats().claimed()).isZero();
  }

  @Test
  void isLoudButGoesOn_whenItsOwnCodeBreaks() {
    source.breakage = new AssertionError("a bug");

    Worker worker = start(settings(1), attempt -> Outcome.done());

    Polling.until("a problem", () -> !worker.problems().isEmpty());
    assertThat(worker.problems()).singleElement().asString().contains("a bug");
    assertThat(metrics.meter("worker.breakdowns").getCount()).isPositive();
    source.breakage = null;
    enqueue("a");
    untilCounted("done", 1);
    assertThat(worker.problems()).isEmpty();
  }

  @Test
  void accountsForEveryClaim() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    queue.push(new byte[] {1});
    queue.enqueue(Tasks.tasks("a", 60));
    Worker worker =
        start(
            new Worker.Settings(3, LONG, LONG, 2, SOON, Duration.ofMillis(50)),
            attempt -> {
              int call = calls.incrementAndGet();
              return switch (call % 4) {
                case 0 -> throw new IllegalStateException("no luck");
                case 1 -> Outcome.bury("never");
                case 2 -> call > 40 ? waitForGate(attempt) : Outcome.done();
                default -> Outcome.done();
              };
            });
    Polling.until("all threads wait at the gate", () -> atGate.get() == 3);
    untilCounted("in_flight", 3);
    assertBalance(3);
    long released = count("released");

    worker.stop();

    assertBalance(0);
    assertThat(count("released")).isEqualTo(released + 3);
    assertThat(count("retried")).isPositive();
    assertThat(count("buried")).isPositive();
  }

  private void assertBalance(long inFlight) {
    assertThat(count("in_flight")).isEqualTo(inFlight);
    assertThat(count("claimed"))
        .isEqualTo(
            count("done")
                + count("retried")
                + count("buried")
                + count("lost")
                + count("released")
                + inFlight);
  }

  @Test
  void refusesSettings_thatContradictEachOther() {
    assertThatThrownBy(() -> patience(Duration.ofSeconds(1), Duration.ofSeconds(2), LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
