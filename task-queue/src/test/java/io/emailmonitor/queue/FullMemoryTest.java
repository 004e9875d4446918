package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of tasks that do not fit into the server's memory, now or ever. */
@Timeout(60)
class FullMemoryTest {
  private static final int MB = 1024 * 1024;
  private static final QueueSettings QUEUE = QueueSettings.named("q");

  private static List<EncodedTask> tasks(String prefix, int count, int size) {
    List<EncodedTask> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Tasks.task(prefix + i, new byte[size]));
    }
    return tasks;
  }

  @Test
  void isFull_andTakesTheRestOnceWorkersMadeRoom() {
    try (TestRedis server = TestRedis.start("--maxmemory 6mb");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      List<EncodedTask> tasks = tasks("a", 50, 100_000);
      assertThat(queue.enqueue(tasks))
          .contains(EnqueueResult.ENQUEUED, EnqueueResult.QUEUE_FULL)
          .doesNotContain(EnqueueResult.TOO_LARGE);
      assertThat(queue.health().problems()).isEmpty();
      assertThat(queue.health().warnings())
          .anyMatch(warning -> warning.contains("Redis's memory is nearly full"));

      List<String> taken = new ArrayList<>();
      for (Optional<ClaimedTask> next = queue.claim(); next.isPresent(); next = queue.claim()) {
        taken.add(Tasks.id(next.get().payload()));
        assertThat(queue.acknowledge(next.get())).isTrue();
        queue.enqueue(tasks);
      }

      assertThat(taken)
          .containsExactlyElementsOf(tasks.stream().map(t -> t.task().taskId()).toList());
    }
  }

  @Test
  void isFull_alsoWhenOnlyTheTransactionItselfFillsIt() {
    try (TestRedis server = TestRedis.start("--maxmemory 6mb");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      // Accepted one by one, they are too much together: EXEC refuses.
      assertThat(queue.enqueue(tasks("a", 8, 700_000))).contains(EnqueueResult.QUEUE_FULL);
      assertThat(queue.enqueue(tasks("b", 1, 100_000))).containsExactly(EnqueueResult.ENQUEUED);
    }
  }

  @Test
  void refusesForGood_whatIsLargerThanAllMemory_andTakesTheRest() {
    try (TestRedis server = TestRedis.start("--maxmemory 6mb");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      List<EncodedTask> tasks = new ArrayList<>(tasks("large", 1, 7 * MB));
      tasks.addAll(Tasks.tasks("a", 2));

      assertThat(queue.enqueue(tasks))
          .containsExactly(EnqueueResult.TOO_LARGE, EnqueueResult.ENQUEUED, EnqueueResult.ENQUEUED);
    }
  }

  @Test
  void refusesForGood_whatIsBeyondTheLengthThatTheServerReads_andTakesTheRest() {
    try (TestRedis server = TestRedis.start("--proto-max-bulk-len 2mb");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      List<EncodedTask> tasks = new ArrayList<>(tasks("a", 1, MB));
      tasks.addAll(tasks("large", 2, 4 * MB));
      tasks.addAll(Tasks.tasks("b", 1));

      assertThat(queue.enqueue(tasks))
          .containsExactly(
              EnqueueResult.ENQUEUED,
              EnqueueResult.TOO_LARGE,
              EnqueueResult.TOO_LARGE,
              EnqueueResult.ENQUEUED);
      assertThat(queue.stats().waiting()).isEqualTo(2);
    }
  }

  @Test
  void isDownAndNotTooLarge_whenTheServerGoesAway() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      server.kill();

      assertThat(QueueFailures.message(() -> queue.enqueue(tasks("large", 1, 4 * MB))))
          .contains("connection refused");
    }
  }
}
