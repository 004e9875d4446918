package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever dies at whatever moment, every task is on the queue exactly once and is acknowledged
 * exactly once. Producers and workers take turns in one thread, so that a seed repeats its run.
 */
@Timeout(120)
class CrashTest {
  private static final int TASKS = 100;
  private static final int WORKERS = 6;
  private static final Duration LEASE = Duration.ofMillis(10);

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  private final Map<String, Integer> handled = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void losesAndDoublesNothing_whenProcessesCrash(long seed) {
    Random random = new Random(seed);
    FaultyConnections connections = new FaultyConnections(redis.server(), random);
    RedisTaskQueue queue =
        new RedisTaskQueue(connections, redis.settings().withDelivery(LEASE, 1_000_000));
    connections.setRate(0.05);

    run(queue, random, () -> {});
    connections.setRate(0);
    drain(queue);

    assertThat(connections.faults()).isGreaterThan(50);
    assertAllDone(queue, redis.server(), redis.settings().name());
  }

  @Test
  void losesAndDoublesNothing_whenTheServerCrashes() {
    try (TestRedis server = TestRedis.startDurable();
        RedisTaskQueue queue =
            new RedisTaskQueue(
                server.settings(), QueueSettings.named("q").withDelivery(LEASE, 1_000_000))) {
      Random random = new Random(7);
      run(
          queue,
          random,
          () -> {
            if (random.nextInt(60) == 0) {
              server.restart();
            }
          });
      drain(queue);

      assertAllDone(queue, server.settings(), "q");
    }
  }

  /** Lets producer and workers take steps at random until everything has been handed in. */
  private void run(RedisTaskQueue queue, Random random, Runnable disturb) {
    List<EncodedTask> tasks = Tasks.tasks("t", TASKS);
    List<ClaimedTask> hands = new ArrayList<>();
    int handedIn = 0;
    while (handedIn < TASKS) {
      disturb.run();
      if (random.nextInt(WORKERS + 1) == 0) {
        int end = Math.min(TASKS, handedIn + 1 + random.nextInt(5));
        // A producer that crashes does not know how far it got, and begins again.
        handedIn = enqueued(queue, tasks.subList(handedIn, end)) ? end : handedIn;
      } else {
        step(queue, random, hands);
      }
    }
  }

  private static boolean enqueued(RedisTaskQueue queue, List<EncodedTask> tasks) {
    try {
      assertThat(queue.enqueue(tasks)).doesNotContain(EnqueueResult.QUEUE_FULL);
      return true;
    } catch (QueueUnavailableException e) {
      return false;
    }
  }

  /** One worker does one thing. Those who crash forget; those who pause settle much later. */
  private void step(RedisTaskQueue queue, Random random, List<ClaimedTask> hands) {
    try {
      if (hands.size() < WORKERS) {
        queue.claim().ifPresent(hands::add);
        return;
      }
      ClaimedTask task = hands.remove(random.nextInt(hands.size()));
      switch (random.nextInt(8)) {
        case 0 -> queue.retryAfter(task, Duration.ofMillis(random.nextInt(10)), "no disk");
        case 1 -> queue.release(task);
        case 2 -> {
          queue.renew(task, LEASE);
          hands.add(task);
        }
        case 3 -> redis.outlast(LEASE); // crashed: nobody settles it
        case 4 -> {
          List<ClaimedTask> done = new ArrayList<>(List.of(task));
          if (!hands.isEmpty()) {
            done.add(hands.remove(0));
          }
          done.forEach(this::handle);
          TaskSource.Room room = new TaskSource.Room(1 + random.nextInt(4), 1000, true);
          hands.addAll(queue.acknowledgeAndClaim(done, room).next().tasks());
        }
        default -> {
          handle(task);
          queue.acknowledge(task);
        }
      }
    } catch (QueueUnavailableException e) {
      // The worker does not know what happened and goes on with other work.
      return;
    }
  }

  private void handle(ClaimedTask task) {
    handled.merge(Tasks.id(task.payload()), 1, Integer::sum);
  }

  private void drain(RedisTaskQueue queue) {
    while (queue.stats().claimed() + queue.stats().waiting() > 0) {
      Optional<ClaimedTask> task = queue.claim();
      task.ifPresent(this::handle);
      task.ifPresent(queue::acknowledge);
    }
  }

  private void assertAllDone(RedisTaskQueue queue, RedisSettings server, String name) {
    assertThat(handled).hasSize(TASKS);
    assertThat(queue.stats().totals())
        .containsEntry("enqueued", (long) TASKS)
        .containsEntry("acknowledged", (long) TASKS);
    assertThat(queue.dead(0, 10)).isEmpty();
    String prefix = "{" + name + "}:";
    Set<String> keys = TestKeys.of(server, name);
    keys.removeIf(key -> key.startsWith(prefix + "seen:"));
    keys.remove(prefix + "bell");
    keys.remove(prefix + "events");
    assertThat(keys).containsExactly(prefix + "stats");
  }
}
