package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is lost when the network fails while tasks are on their way. */
@Timeout(120)
class NetworkFaultsTest {
  private static final int TASKS = 120;
  private static final int BATCH = 4;
  private static final int STRIKES = 4;
  private static final Duration PATIENCE = Duration.ofMillis(300);

  @RegisterExtension private final RedisExtension redis = new RedisExtension();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void losesNothing_whenConnectionsAreCut() throws Exception {
    losesNothing(FaultyProxy::cut, true);
  }

  @Test
  void losesNothing_whenConnectionsAreRefused() throws Exception {
    losesNothing(FaultyProxy::refuse, true);
  }

  @Test
  void losesNothing_whenConnectionsAreHalfOpen() throws Exception {
    losesNothing(FaultyProxy::fallSilent, true);
  }

  @Test
  void losesNothing_whenTheNetworkIsSlow() throws Exception {
    losesNothing(network -> network.slowDown(Duration.ofMillis(20)), false);
  }

  private void losesNothing(Consumer<FaultyProxy> fault, boolean noticed) throws Exception {
    QueueSettings settings = redis.settings().withDelivery(PATIENCE, Integer.MAX_VALUE);
    RedisSettings server = redis.server();
    try (FaultyProxy network = FaultyProxy.before(server.port());
        RedisTaskQueue queue = new RedisTaskQueue(through(network), settings)) {
      List<Future<?>> traffic = new ArrayList<>();
      traffic.add(threads.submit(() -> produce(queue)));
      traffic.add(threads.submit(() -> consume(queue)));
      traffic.add(threads.submit(() -> consume(queue)));
      for (int strike = 1; strike <= STRIKES; strike++) {
        int goal = strike * TASKS / (STRIKES + 2);
        await(() -> taken.size() >= goal);
        int before = failures.get();
        fault.accept(network);
        // On a busy machine all may be done before anybody notices.
        await(
            () ->
                failures.get() > before
                    || taken.size() == TASKS
                    || (!noticed && taken.size() >= goal + BATCH));
        network.recover();
      }
      for (Future<?> thread : traffic) {
        thread.get(60, TimeUnit.SECONDS);
      }
    }
    QueueStats stats = redis.open().stats();
    assertThat(taken).hasSize(TASKS);
    assertThat(stats.waiting()).isZero();
    assertThat(stats.totals()).containsEntry("enqueued", (long) TASKS);
  }

  private RedisSettings through(FaultyProxy network) {
    return RedisSettings.ofParts("127.0.0.1", network.port(), 0, null, null, false)
        .withTimeouts(PATIENCE, PATIENCE);
  }

  private void produce(RedisTaskQueue queue) {
    List<EncodedTask> tasks = Tasks.tasks("a", TASKS);
    for (int i = 0; i < TASKS; i += BATCH) {
      List<EncodedTask> batch = tasks.subList(i, i + BATCH);
      untilItWorks(() -> queue.enqueue(batch));
    }
  }

  private void consume(RedisTaskQueue queue) {
    while (taken.size() < TASKS) {
      untilItWorks(
          () ->
              queue
                  .claim()
                  .ifPresent(
                      task -> {
                        taken.add(Tasks.id(task.payload()));
                        queue.acknowledge(task);
                      }));
    }
  }

  private void untilItWorks(Runnable step) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        step.run();
        return;
      } catch (QueueUnavailableException e) {
        failures.incrementAndGet();
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within a minute").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
