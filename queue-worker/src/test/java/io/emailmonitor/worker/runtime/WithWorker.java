package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** For tests of the worker on a queue in memory: each starts workers, which end with it. */
abstract class WithWorker {
  static final Duration LONG = Duration.ofMinutes(10);
  static final RetryPolicy SOON = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2));

  final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("q").withDelivery(LONG, 3), InstantSource.system());
  final WatchedSource source = new WatchedSource(queue);
  final MetricRegistry metrics = new MetricRegistry();
  final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  final AtomicInteger atGate = new AtomicInteger();
  final CountDownLatch open = new CountDownLatch(1);
  final List<Worker> workers = new ArrayList<>();

  @AfterEach
  void stopWorkers() throws InterruptedException {
    open.countDown();
    for (Worker worker : workers) {
      worker.stop();
    }
  }

  Worker start(Worker.Settings settings, TaskHandler handler) {
    Worker worker = new Worker(source, remembering(handler), settings, metrics);
    workers.add(worker);
    worker.start();
    return worker;
  }

  TaskHandler remembering(TaskHandler handler) {
    return attempt -> {
      attempts.add(attempt);
      return handler.handle(attempt);
    };
  }

  static Worker.Settings settings(int concurrency) {
    return new Worker.Settings(concurrency, LONG, LONG, 3, SOON, Duration.ofSeconds(20));
  }

  static Worker.Settings patience(Duration timeout, Duration lease, Duration grace) {
    return new Worker.Settings(1, timeout, lease, 3, SOON, grace);
  }

  static Worker.Settings bounded(int concurrency, Duration timeout, long maxBytes) {
    return new Worker.Settings(
        "w", concurrency, timeout, LONG, timeout, 3, SOON, Duration.ofSeconds(20), maxBytes);
  }

  void enqueue(String... ids) {
    for (String id : ids) {
      assertThat(queue.enqueue(List.of(Tasks.task(id)))).hasSize(1);
    }
  }

  long count(String name) {
    return metrics.counter("worker." + name).getCount();
  }

  void untilCounted(String name, long count) {
    Polling.until(name + " = " + count, () -> count(name) == count);
  }

  List<String> handledIds() {
    return attempts.stream().map(attempt -> attempt.task().taskId()).toList();
  }

  Outcome waitForGate(Attempt attempt) throws InterruptedException {
    atGate.incrementAndGet();
    assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
    return Outcome.done();
  }

  /** A handler that does what it wants. */
  Outcome ignoreInterrupts(Attempt attempt) {
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
}
