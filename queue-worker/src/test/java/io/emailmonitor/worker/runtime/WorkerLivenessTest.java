package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker whose threads hang or end says that it needs a restart; one that waits does not. */
@Timeout(60)
class WorkerLivenessTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofMillis(300);

  /** More than an idle thread is silent. */
  private static final Duration LONGEST_ROUND = Duration.ofMillis(1500);

  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("q"), InstantSource.system());
  private final Map<String, Runnable> troubles = new ConcurrentHashMap<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private @Nullable Worker worker;

  @AfterEach
  void stop() throws InterruptedException {
    troubles.clear();
    open.countDown();
    if (worker != null) {
      worker.stop();
    }
  }

  @Test
  void isDead_whenAClaimHangs() {
    troubles.put("claim", this::awaitOpen);
    Worker hanging = start(attempt -> Outcome.done());

    Polling.until("it is dead", () -> !hanging.dead().isEmpty());
    assertThat(hanging.dead()).singleElement().asString().contains("talks to the queue", "hangs");
    troubles.clear();
    open.countDown();
    Polling.until("it lives", () -> hanging.dead().isEmpty());
  }

  @Test
  void isDead_whenTheRenewalOfLeasesHangs() {
    troubles.put("renew", this::awaitOpen);
    assertThat(queue.enqueue(List.of(Tasks.task("a")))).hasSize(1);
    Worker hanging = start(this::waitForGate);

    Polling.until("it is dead", () -> !hanging.dead().isEmpty());
    assertThat(hanging.dead()).singleElement().asString().startsWith("the renewal of leases hangs");
  }

  @Test
  void isDead_whenTheRenewalOfLeasesEnds() {
    troubles.put(
        "renew",
        () -> {
          throw new AssertionError("a bug that ends it");
        });
    assertThat(queue.enqueue(List.of(Tasks.task("a")))).hasSize(1);
    Worker ended = start(this::waitForGate);

    Polling.until("it is dead", () -> !ended.dead().isEmpty());
    assertThat(ended.dead()).singleElement().asString().startsWith("the renewal of leases hangs");
  }

  @Test
  void isDead_whenAThreadEnds() {
    troubles.put(
        "claim",
        () -> {
          Thread.currentThread().interrupt();
          throw new QueueUnavailableException("interrupted", new IOException("from outside"));
        });
    Worker ended = start(attempt -> Outcome.done());

    Polling.until("it is dead", () -> !ended.dead().isEmpty());
    assertThat(ended.dead()).singleElement().asString().contains("1 of 1", "Restart");
  }

  @Test
  void isAliveButNotWell_whileTheQueueIsAway() {
    queue.setUnavailable(true);
    Worker waiting = start(attempt -> Outcome.done());

    Polling.until("it is not well", () -> !waiting.problems().isEmpty());
    assertThat(waiting.dead()).isEmpty();
  }

  private Worker start(TaskHandler handler) {
    Worker started =
        new Worker(
            source(),
            handler,
            new Worker.Settings(1, LONG, LEASE, 3, RetryPolicy.DEFAULT, Duration.ofMillis(50)),
            new MetricRegistry(),
            LONGEST_ROUND);
    worker = started;
    started.start();
    return started;
  }

  /** The queue, with a trouble before each call that has one. */
  private TaskSource source() {
    return (TaskSource)
        Proxy.newProxyInstance(
            TaskSource.class.getClassLoader(),
            new Class<?>[] {TaskSource.class},
            (proxy, method, arguments) -> {
              troubles.getOrDefault(method.getName(), () -> {}).run();
              try {
                return method.invoke(queue, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Outcome waitForGate(Attempt attempt) {
    awaitOpen();
    return Outcome.done();
  }

  private void awaitOpen() {
    try {
      assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
