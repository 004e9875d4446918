package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real replica. */
@Timeout(60)
class ReplicaTest {
  private static final QueueSettings QUEUE = QueueSettings.named("q").withMinReplicas(1);

  @Test
  void reportsTasksAsEnqueued_onlyWhenAReplicaHasThem() {
    try (TestRedis primary = TestRedis.start("--repl-diskless-sync no");
        TestRedis replica = TestRedis.start("--replicaof 127.0.0.1 " + primary.port());
        RedisTaskQueue queue = new RedisTaskQueue(primary.settings(), QUEUE)) {
      untilItWorks(queue, "a");
      assertThat(waiting(replica)).isEqualTo(1);

      replica.kill();
      assertThat(QueueFailures.message(() -> queue.enqueue(Tasks.tasks("b", 1))))
          .contains("only 0 of the 1 replicas", "REDIS_MIN_REPLICAS");
      replica.restart();

      assertThat(untilItWorks(queue, "b")).containsExactly(EnqueueResult.ALREADY_ENQUEUED);
      assertThat(waiting(replica)).isEqualTo(2);
    }
  }

  private static long waiting(TestRedis server) {
    try (RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      return queue.stats().waiting();
    }
  }

  /** As the monitor does: hands in the same task until it is told what became of it. */
  private static List<EnqueueResult> untilItWorks(RedisTaskQueue queue, String task) {
    while (true) {
      try {
        return queue.enqueue(Tasks.tasks(task, 1));
      } catch (QueueUnavailableException e) {
        assertThat(e).hasMessageContaining("replicas");
      }
    }
  }
}
