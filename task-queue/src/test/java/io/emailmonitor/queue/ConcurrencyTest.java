package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

@Timeout(60)
class ConcurrencyTest {
  private static final int PROCESSES = 16;

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private <T> List<Future<T>> start(List<Callable<T>> works) {
    CountDownLatch all = new CountDownLatch(works.size());
    List<Future<T>> started = new ArrayList<>();
    for (Callable<T> work : works) {
      started.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                return work.call();
              }));
    }
    return started;
  }

  private static <T> List<T> results(List<Future<T>> futures)
      throws ExecutionException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  void takesATaskOnce_whenManyProducersRace() throws Exception {
    List<EncodedTask> batch = Tasks.tasks("a", 20);
    List<Callable<List<EnqueueResult>>> producers = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      RedisTaskQueue own = redis.open(); // with connections of its own, as a process has
      producers.add(() -> own.enqueue(batch));
    }

    List<List<EnqueueResult>> results = results(start(producers));

    for (int i = 0; i < batch.size(); i++) {
      int task = i;
      assertThat(results)
          .filteredOn(one -> one.get(task) == EnqueueResult.ENQUEUED)
          .as("who enqueued task %s", task)
          .hasSize(1);
    }
    QueueStats stats = redis.open().stats();
    assertThat(stats.waiting()).isEqualTo(20);
    assertThat(stats.totals()).containsEntry("enqueued", 20L);
  }

  @Test
  void handsEachTaskToOneWorker_whenManyClaim() throws Exception {
    RedisTaskQueue queue =
        new RedisTaskQueue(redis.server().withPoolSize(PROCESSES), redis.settings());
    try (queue) {
      queue.enqueue(Tasks.tasks("a", 400));

      List<List<String>> taken = results(start(Collections.nCopies(PROCESSES, () -> work(queue))));

      assertThat(taken.stream().flatMap(List::stream)).hasSize(400).doesNotHaveDuplicates();
      QueueStats stats = queue.stats();
      assertThat(stats.claimed()).isZero();
      assertThat(stats.totals())
          .containsEntry("acknowledged", 400L)
          .doesNotContainKey("redelivered");
    }
  }

  private static List<String> work(RedisTaskQueue queue) {
    List<String> ids = new ArrayList<>();
    TaskSource.Room room = new TaskSource.Room(3, 1_000_000, true);
    List<ClaimedTask> tasks = queue.claim(room).tasks();
    while (!tasks.isEmpty()) {
      tasks.forEach(task -> ids.add(Tasks.id(task.payload())));
      TaskSource.Turn turn = queue.acknowledgeAndClaim(tasks, room);
      assertThat(turn.acknowledged()).hasSameSizeAs(tasks).containsOnly(true);
      tasks = turn.next().tasks();
    }
    return ids;
  }

  @Test
  void wakesEveryIdleWorker_whenABatchArrives() throws Exception {
    RedisTaskQueue queue =
        new RedisTaskQueue(redis.server().withPoolSize(PROCESSES + 1), redis.settings());
    try (queue) {
      List<Future<ClaimedTask>> workers =
          start(Collections.nCopies(PROCESSES, () -> awaitTask(queue)));
      awaitBlockedClients(PROCESSES);

      long start = System.nanoTime();
      queue.enqueue(Tasks.tasks("a", PROCESSES));
      results(workers);

      // Whoever is not woken comes at the end of its wait.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  private static ClaimedTask awaitTask(RedisTaskQueue queue) {
    Optional<ClaimedTask> task = queue.claim();
    while (task.isEmpty()) {
      queue.awaitWork(Duration.ofSeconds(5));
      task = queue.claim();
    }
    return task.get();
  }

  private void awaitBlockedClients(int count) {
    try (RedisClient client = TestKeys.client(redis.server())) {
      Polling.until(
          count + " wait",
          () -> client.info("clients").contains("blocked_clients:" + count + "\r"));
    }
  }
}
