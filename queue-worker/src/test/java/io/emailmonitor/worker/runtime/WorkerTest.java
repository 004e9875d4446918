package io.emailmonitor.worker.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.Polling;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final RetryPolicy SOON =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2));

  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("q").withDelivery(LONG, 3), InstantSource.system());
  private final WatchedSource source = new WatchedSource(queue);
  private final MetricRegistry metrics = new MetricRegistry();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final AtomicInteger atGate = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<Worker> workers = new ArrayList<>();

  @AfterEach
  void stopWorkers() throws InterruptedException {
    open.countDown();
    for (Worker worker : workers) {
      worker.stop();
    }
  }

  private Worker start(Worker.Settings settings, TaskHandler handler) {
    Worker worker = new Worker(source, remembering(handler), settings, metrics);
    workers.add(worker);
    worker.start();
    return worker;
  }

  private TaskHandler remembering(TaskHandler handler) {
    return attempt -> {
      attempts.add(attempt);
      return handler.handle(attempt);
    };
  }

  private static Worker.Settings settings(int concurrency) {
    return new Worker.Settings(concurrency, LONG, LONG, 3, SOON, Duration.ofSeconds(20));
  }

  private static Worker.Settings patience(Duration timeout, Duration lease, Duration grace) {
    return new Worker.Settings(1, timeout, lease, 3, SOON, grace);
  }

  private void enqueue(String... ids) {
    for (String id : ids) {
      assertThat(queue.enqueue(List.of(Tasks.task(id)))).hasSize(1);
    }
  }

  private long count(String name) {
    return metrics.counter("worker." + name).getCount();
  }

  private void untilCounted(String name, long count) {
    Polling.until(name + " = " + count, () -> count(name) == count);
  }

  private List<String> handledIds() {
    return attempts.stream().map(attempt -> attempt.task().taskId()).toList();
  }

  private Outcome waitForGate(Attempt attempt) throws InterruptedException {
    atGate.incrementAndGet();
    assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
    return Outcome.done();
  }

  /** A handler that does what it wants. */
  private Outcome ignoreInterrupts(Attempt attempt) {
    boolean opened = false;
    while (!opened) {
      try {
        opened = open.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        opened = false;
      }
    }
    return Outcome.done();
  }

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

  private static Worker.Settings bounded(int concurrency, Duration timeout, long maxBytes) {
    return new Worker.Settings(
        "w", concurrency, timeout, LONG, timeout, 3, SOON, Duration.ofSeconds(20), maxBytes);
  }

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
  void triesAgain_byThePolicy_whenTheHandlerNamesNoDelay() {
    enqueue("a");

    start(
        settings(1), attempt -> attempt.number() == 1 ? Outcome.retry("no disk") : Outcome.done());

    untilCounted("done", 1);
    assertThat(count("retried")).isEqualTo(1);
    assertThat(queue.eventsAfter(TaskEvents.BEGINNING, 1).events().get(0).reason())
        .isEqualTo("no disk");
  }

  @Test
  void triesAgain_whenTheHandlerThrows() {
    enqueue("a");

    start(
        settings(1),
        attempt -> {
          if (attempt.number() < 3) {
            throw new IllegalStateException("no luck");
          }
          return Outcome.done();
        });

    untilCounted("done", 1);
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(count("retried")).isEqualTo(2);
  }

  @Test
  void givesUpWithTheLastReason_whenAllAttemptsFail() {
    enqueue("a");

    start(
        settings(1),
        attempt -> {
          throw new IllegalStateException("no luck at attempt " + attempt.number());
        });

    untilCounted("buried", 1);
    assertThat(queue.dead(0, 10))
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.deliveries()).isEqualTo(3);
              assertThat(dead.reason())
                  .contains("IllegalStateException: no luck at attempt 3")
                  .contains("the last one");
            });
  }

  @Test
  void comesBackAfterTheDelay_thatTheHandlerAsksFor() {
    enqueue("a");

    start(
        settings(1),
        attempt ->
            attempt.number() == 1
                ? Outcome.retryAfter(Duration.ofMillis(150), "busy")
                : Outcome.done());

    untilCounted("done", 1);
    Duration between = Duration.between(attempts.get(0).deadline(), attempts.get(1).deadline());
    assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void givesUpWithItsReason_whenTheHandlerAsksForOneRetryTooMany() {
    enqueue("a");

    start(settings(1), attempt -> Outcome.retryAfter(Duration.ZERO, "service is busy"));

    untilCounted("buried", 1);
    assertThat(count("retried")).isEqualTo(2);
    assertThat(queue.dead(0, 1).get(0).reason()).contains("service is busy");
  }

  @Test
  void buriesAtOnce_whenTheHandlerSaysSo() {
    enqueue("a");

    start(settings(1), attempt -> Outcome.bury("not\na \u001b[31mPDF"));

    untilCounted("buried", 1);
    assertThat(attempts).hasSize(1);
    assertThat(queue.dead(0, 1).get(0).reason()).isEqualTo("not a  [31mPDF");
  }

  @Test
  void buriesWhatIsNoTask_andGoesOn() {
    queue.push("hello".getBytes(StandardCharsets.UTF_8));
    queue.push(new byte[0]);
    queue.push("{\"task_id\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    enqueue("a");

    start(settings(1), attempt -> Outcome.done());

    untilCounted("done", 1);
    assertThat(count("buried")).isEqualTo(3);
    assertThat(queue.dead(0, 10))
        .extracting(DeadTask::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("'attachment_content_b64' is missing"),
            reason -> assertThat(reason).contains("not a JSON object"),
            reason -> assertThat(reason).contains("not valid JSON"));
    assertThat(handledIds()).containsExactly("a");
  }

  @Test
  void buriesUnreadableContent_whenTheHandlerStumblesOverIt() {
    String json = new String(Tasks.task("a").json(), StandardCharsets.UTF_8);
    queue.push(json.replaceAll("b64\":\"....", "b64\":\"!!!!").getBytes(StandardCharsets.UTF_8));

    start(
        settings(1),
        attempt -> {
          try {
            attempt.transferContentTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new IllegalStateException("wrapped", e);
          }
          return Outcome.done();
        });

    untilCounted("buried", 1);
    assertThat(attempts).hasSize(1);
    assertThat(queue.dead(0, 1).get(0).reason()).contains("not valid base64");
  }

  @Test
  void survivesErrorsAndNonsense_ofTheHandler() {
    enqueue("error", "nothing", "fine");

    start(settings(1), WorkerTest::misbehave);

    untilCounted("buried", 2);
    untilCounted("done", 1);
    assertThat(queue.dead(0, 2))
        .extracting(DeadTask::reason)
        .anySatisfy(reason -> assertThat(reason).contains("StackOverflowError"))
        .anySatisfy(reason -> assertThat(reason).contains("the handler answered null"));
  }

  @SuppressWarnings("NullAway") // what it must not do, on purpose
  private static Outcome misbehave(Attempt attempt) {
    return switch (attempt.task().taskId()) {
      case "error" -> throw new StackOverflowError();
      case "nothing" -> null;
      default -> Outcome.done();
    };
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

  @Test
  void finishesWhatItHas_andBeginsNothing_whenStopped() throws InterruptedException {
    enqueue("a", "b");
    Worker worker = start(settings(1), this::waitForGate);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.quiet();
    open.countDown();
    worker.stop();

    assertThat(count("done")).isEqualTo(1);
    assertThat(handledIds()).containsExactly("a");
    assertThat(queue.stats().waiting()).isEqualTo(1);
  }

  @Test
  void beginsNothing_thatComesWhileItStops() throws InterruptedException {
    CountDownLatch quiet = new CountDownLatch(1);
    Worker worker = new Worker(source, attempt -> Outcome.done(), settings(1), metrics);
    source.meanwhile =
        () -> {
          if (quiet.getCount() > 0) {
            worker.quiet();
            enqueue("late");
            quiet.countDown();
          }
        };

    worker.start();
    assertThat(quiet.await(10, TimeUnit.SECONDS)).isTrue();
    worker.stop();

    assertThat(count("done")).isZero();
    assertThat(count("released")).isEqualTo(1);
    assertThat(Claims.next(queue).attempt()).isEqualTo(1);
  }

  @Test
  void givesBackWhatIsNotFinished_whenTheGraceIsOver() throws InterruptedException {
    enqueue("a");
    Worker worker = start(patience(LONG, LONG, Duration.ofMillis(20)), this::waitForGate);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.stop();

    assertThat(count("released")).isEqualTo(1);
    assertThat(Claims.next(queue).attempt()).isEqualTo(1);
  }

  @Test
  void givesBack_evenWhatItsHandlerDoesNotLetGo() throws InterruptedException {
    enqueue("a");
    Worker worker = start(patience(LONG, LONG, Duration.ofMillis(20)), this::ignoreInterrupts);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.stop();

    assertThat(count("released")).isEqualTo(1);
    ClaimedTask again = Claims.next(queue);
    open.countDown();
    Polling.until("the handler's thread ends", () -> worker.problems().size() == 1);
    assertThat(count("done")).isZero();
    assertThat(queue.acknowledge(again)).isTrue();
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
  void stopsWithoutWaiting_whileTheQueueIsAway() throws InterruptedException {
    queue.setUnavailable(true);
    Worker worker = start(settings(2), attempt -> Outcome.done());
    Polling.until("it notices", () -> source.claims.get() >= 8);
    long start = System.nanoTime();

    worker.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
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
  void definesEveryOrderOfStartAndStop() throws InterruptedException {
    Worker worker = new Worker(source, attempt -> Outcome.done(), settings(1), metrics);
    assertThat(worker.problems()).singleElement().asString().contains("not running");
    worker.start();
    assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);
    worker.stop();
    worker.stop();
    assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);

    Worker never = new Worker(source, attempt -> Outcome.done(), settings(1), new MetricRegistry());
    never.stop();
  }

  @Test
  void refusesSettings_thatContradictEachOther() {
    assertThatThrownBy(() -> patience(Duration.ofSeconds(1), Duration.ofSeconds(2), LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
