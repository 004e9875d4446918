package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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

  @Test
  void forgetsWorkers_ofWhomNothingIsHeard() {
    RedisTaskQueue queue = redis.open();
    String workers = "{" + settings().name() + "}:workers";
    String holds = "{" + settings().name() + "}:holds";
    queue.announce(new WorkerPresence("gone", Duration.ZERO, 1, 0, List.of()));
    TestKeys.call(redis.server(), Command.ZADD, workers, 1, "gone");
    assertThat(queue.workers()).isEmpty();

    queue.announce(new WorkerPresence("here", Duration.ZERO, 1, 0, List.of()));

    assertThat(TestKeys.call(redis.server(), Command.HLEN, holds)).isEqualTo(1L);
    assertThat((Long) TestKeys.call(redis.server(), Command.TTL, workers)).isBetween(1L, 20L);
    assertThat((Long) TestKeys.call(redis.server(), Command.TTL, holds)).isBetween(1L, 20L);
  }

  @Test
  void passesOverWhatNoWorkerOfOursSaid() {
    RedisTaskQueue queue = redis.open();
    queue.announce(new WorkerPresence("a", Duration.ZERO, 1, 0, List.of()));
    queue.announce(new WorkerPresence("b", Duration.ZERO, 1, 0, List.of()));
    queue.announce(new WorkerPresence("c", Duration.ZERO, 1, 0, List.of()));
    String holds = "{" + settings().name() + "}:holds";
    TestKeys.call(redis.server(), Command.HSET, holds, "a", "1 2 many");
    TestKeys.call(redis.server(), Command.HSET, holds, "b", "1 2 3 new\nc1 2 5 \nc2 2 5 my own id");
    TestKeys.call(redis.server(), Command.HSET, holds, "c", "1 2 3\nc1");

    assertThat(queue.workers())
        .singleElement()
        .satisfies(
            worker -> {
              assertThat(worker.name()).isEqualTo("b");
              assertThat(worker.holdings())
                  .extracting(WorkerPresence.Holding::taskId)
                  .containsExactly(null, "my own id");
            });
  }
}
