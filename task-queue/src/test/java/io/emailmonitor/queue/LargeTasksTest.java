package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.emailmonitor.model.EncodedTask;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LargeTasksTest {
  private static final int MB = 1024 * 1024;

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  @Test
  void carriesFiftyMegabytes_withoutCopyingThem() {
    RedisTaskQueue queue = redis.open();
    EncodedTask task = Tasks.task("large", content(50 * MB));
    queue.enqueue(Tasks.tasks("warm-up", 1));
    queue.acknowledge(queue.claim().orElseThrow());

    long before = allocated();
    queue.enqueue(List.of(task));
    long enqueueing = allocated() - before;
    assertThat(queue.peek(5).get(0).facts()).containsEntry("task_id", "large");
    before = allocated();
    ClaimedTask claimed = queue.claim().orElseThrow();
    long claiming = allocated() - before;

    assertThat(Arrays.mismatch(claimed.payload(), task.json())).isEqualTo(-1);
    assertThat(enqueueing).isLessThan(MB);
    assertThat(claiming).isLessThan(task.json().length + MB);
    assertThat(queue.acknowledge(claimed)).isTrue();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void keepsTheOrder_whenABatchTakesSeveralTransactions() {
    RedisTaskQueue queue = redis.open();
    byte[] content = content(MB / 2);
    List<EncodedTask> batch = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batch.add(Tasks.task("a" + i, content));
    }
    batch.add(5, batch.get(3));
    batch.add(Tasks.task("whole-transaction", content(EnqueueBatch.TRANSACTION_BYTES)));
    batch.add(batch.get(0));

    List<EnqueueResult> results = queue.enqueue(batch);

    assertThat(results.get(5)).isEqualTo(EnqueueResult.ALREADY_ENQUEUED);
    assertThat(results.get(22)).isEqualTo(EnqueueResult.ALREADY_ENQUEUED);
    assertThat(results.stream().filter(EnqueueResult.ENQUEUED::equals)).hasSize(21);
    List<QueuedTask> waiting = queue.peek(100);
    assertThat(waiting).hasSize(21);
    for (int i = 0; i < 20; i++) {
      assertThat(waiting.get(i).facts()).containsEntry("task_id", "a" + i);
    }
    assertThat(waiting.get(20).facts()).containsEntry("task_id", "whole-transaction");
  }

  @Test
  void takesManySmallTasks_inOneBatch() {
    RedisTaskQueue queue = redis.open(redis.settings().withLimits(2500, 0));

    List<EnqueueResult> results = queue.enqueue(Tasks.tasks("a", 2600));

    assertThat(results.subList(0, 2500)).containsOnly(EnqueueResult.ENQUEUED);
    assertThat(results.subList(2500, 2600)).containsOnly(EnqueueResult.QUEUE_FULL);
    assertThat(queue.peek(5000)).hasSize(1000);
    assertThat(queue.stats().waiting()).isEqualTo(2500);
  }
}
