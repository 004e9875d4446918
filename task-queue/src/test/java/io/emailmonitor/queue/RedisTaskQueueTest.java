package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Protocol.Command;

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
  void settlesAllTheSame_whenTheEventCannotBeTold() {
    RedisTaskQueue queue = redis.open();
    String events = "{" + settings().name() + "}:events";
    TestKeys.call(redis.server(), Command.SET, events, "no stream");
    queue.enqueue(Tasks.tasks("a", 3));

    assertThat(queue.acknowledge(queue.claim().orElseThrow())).isTrue();
    assertThat(queue.bury(queue.claim().orElseThrow(), "not a PDF")).isTrue();
    assertThat(queue.retryAfter(queue.claim().orElseThrow(), Duration.ZERO, "no disk")).isTrue();
  }

  @Test
  void saysSo_whenEventsAreGoneThatNobodyRead() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 3));
    queue.acknowledge(queue.claim().orElseThrow());
    String known = queue.eventsAfter(TaskEvents.BEGINNING, 1).events().get(0).position();
    queue.acknowledge(queue.claim().orElseThrow());
    queue.acknowledge(queue.claim().orElseThrow());
    String events = "{" + settings().name() + "}:events";
    TestKeys.call(redis.server(), Command.XTRIM, events, "MAXLEN", 1);

    TaskEvents after = queue.eventsAfter(known, 10);

    assertThat(after.gap()).isTrue();
    assertThat(after.events()).hasSize(1);
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
            prefix + "events",
            prefix + "bell");
  }
}
