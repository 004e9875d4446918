package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTaskQueueTest extends TaskQueueContract {
  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  @Override
  QueueSettings settings() {
    return redis.settings();
  }

  @Override
  Opened open(QueueSettings settings) {
    RedisTaskQueue queue = redis.open(settings);
    return new Opened(queue, queue, queue);
  }

  @Override
  void outlast() {
    redis.outlast(Duration.ofMillis(60));
  }

  @Test
  void leavesNoKeysButMarkersAndCounts_whenAllIsDone() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 3));
    queue.acknowledge(queue.claim().orElseThrow());
    ClaimedTask dead = queue.claim().orElseThrow();
    queue.bury(dead, "not a PDF");
    queue.discard(dead.claimId());
    ClaimedTask retried = queue.claim().orElseThrow();
    queue.retryAfter(retried, Duration.ZERO, "no disk");
    outlast();
    queue.acknowledge(queue.claim().orElseThrow());

    String prefix = "{" + settings().name() + "}:";
    assertThat(TestKeys.of(redis.server(), settings().name()))
        .containsExactlyInAnyOrder(
            prefix + "seen:a0",
            prefix + "seen:a1",
            prefix + "seen:a2",
            prefix + "stats",
            prefix + "bell");
  }
}
