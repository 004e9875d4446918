package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The worker on a real Redis. */
class RedisWorkerTest {
  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  private static Worker worker(RedisTaskQueue queue, QueueSettings settings, TaskHandler handler) {
    return new Worker(
        queue,
        handler,
        new Worker.Settings(
            3,
            Duration.ofMinutes(1),
            settings.lease(),
            settings.maxDeliveries(),
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(5)),
            Duration.ofSeconds(10)),
        new MetricRegistry());
  }

  @Test
  void bringsEveryTaskToItsEnd_withTwoWorkersAtOnce() throws Exception {
    QueueSettings settings = redis.settings().withDelivery(Duration.ofSeconds(30), 2);
    RedisTaskQueue queue = redis.open(settings);
    queue.enqueue(Tasks.tasks("done", 40));
    queue.enqueue(Tasks.tasks("again", 5));
    queue.enqueue(Tasks.tasks("hopeless", 3));
    queue.enqueue(Tasks.tasks("never", 2));
    Worker one = worker(redis.open(settings), settings, this::byName);
    Worker two = worker(redis.open(settings), settings, this::byName);

    one.start();
    two.start();
    Polling.until(
        "nothing waits",
        () -> queue.stats().waiting() + queue.stats().claimed() == 0 && queue.stats().dead() == 5);
    one.stop();
    two.stop();

    assertThat(attempts).hasSize(50);
    assertThat(attempts.entrySet())
        .allSatisfy(
            task -> {
              boolean twice = task.getKey().matches("(again|hopeless).*");
              assertThat(task.getValue()).as(task.getKey()).isEqualTo(twice ? 2 : 1);
            });
    assertThat(queue.dead(0, 10))
        .extracting(DeadTask::reason)
        .filteredOn(reason -> reason.contains("IllegalStateException: no luck"))
        .hasSize(3);
    assertThat(queue.dead(0, 10)).extracting(DeadTask::reason).contains("not for us");
  }

  private Outcome byName(Attempt attempt) {
    String id = attempt.task().taskId();
    attempts.merge(id, 1, Integer::sum);
    if (id.startsWith("hopeless") || (id.startsWith("again") && attempt.number() == 1)) {
      throw new IllegalStateException("no luck");
    }
    return id.startsWith("never") ? Outcome.bury("not for us") : Outcome.done();
  }

  @Test
  void takesOverTheTask_ofAWorkerThatIsGone() throws Exception {
    QueueSettings settings = redis.settings().withDelivery(Duration.ofSeconds(30), 3);
    RedisTaskQueue queue = redis.open(settings);
    queue.enqueue(Tasks.tasks("a", 3));
    RedisTaskQueue gone = redis.open(settings.withDelivery(Duration.ofMillis(1), 3));
    gone.claim();
    Worker worker =
        worker(
            queue,
            settings,
            attempt -> {
              attempts.put(attempt.task().taskId(), attempt.number());
              return Outcome.done();
            });

    worker.start();
    Polling.until("all are handled", () -> attempts.size() == 3);
    worker.stop();

    assertThat(attempts).isEqualTo(Map.of("a0", 2, "a1", 1, "a2", 1));
    assertThat(queue.stats().claimed()).isZero();
  }

  @Test
  void asksRarely_whileTheNetworkRefuses_andLosesNothing() throws Exception {
    QueueSettings settings = redis.settings().withDelivery(Duration.ofSeconds(1), 9);
    RedisTaskQueue direct = redis.open(settings);
    direct.enqueue(Tasks.tasks("a", 40));
    AtomicBoolean refused = new AtomicBoolean();
    try (FaultyProxy network = FaultyProxy.before(redis.server().port());
        RedisTaskQueue queue = new RedisTaskQueue(through(network), settings)) {
      Worker worker =
          worker(
              queue,
              settings,
              attempt -> {
                if (attempts.size() >= 20 && refused.compareAndSet(false, true)) {
                  network.refuse();
                }
                attempts.merge(attempt.task().taskId(), 1, Integer::sum);
                return Outcome.done();
              });
      worker.start();
      Polling.until("the worker notices", () -> !worker.problems().isEmpty());
      int noticed = network.attempts();
      Polling.until(
          "the outage lasts", () -> worker.problems().toString().matches(".*for [1-9]\\d* s.*"));
      // A handful for each thread, ever more seldom; without pauses it would be thousands.
      assertThat(network.attempts() - noticed).isBetween(1, 40);

      network.recover();
      Polling.until(
          "all are settled", () -> direct.stats().totals().getOrDefault("acknowledged", 0L) == 40);
      worker.stop();
    }
    assertThat(attempts).hasSize(40);
    assertThat(direct.stats().waiting() + direct.stats().claimed()).isZero();
  }

  private RedisSettings through(FaultyProxy network) {
    return RedisSettings.ofParts("127.0.0.1", network.port(), 0, null, null, false);
  }

  @Test
  void goesOn_afterRedisWasKilled() throws Exception {
    try (TestRedis server = TestRedis.startDurable()) {
      QueueSettings settings = QueueSettings.named("q").withDelivery(Duration.ofSeconds(30), 3);
      RedisSettings address =
          server.settings().withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(5));
      try (RedisTaskQueue queue = new RedisTaskQueue(address, settings)) {
        queue.enqueue(List.of(Tasks.task("before")));
        Worker worker =
            worker(
                queue,
                settings,
                attempt -> {
                  if (attempt.task().taskId().equals("before")) {
                    server.kill();
                  }
                  attempts.merge(attempt.task().taskId(), 1, Integer::sum);
                  return Outcome.done();
                });
        worker.start();
        Polling.until("the worker notices", () -> !worker.problems().isEmpty());

        server.restart();

        queue.enqueue(List.of(Tasks.task("after")));
        Polling.until(
            "both are settled", () -> queue.stats().totals().getOrDefault("acknowledged", 0L) == 2);
        assertThat(worker.problems()).isEmpty();
        assertThat(attempts).isEqualTo(Map.of("before", 1, "after", 1));
        worker.stop();
      }
    }
  }
}
