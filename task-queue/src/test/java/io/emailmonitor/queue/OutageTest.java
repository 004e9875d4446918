package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** What is said when Redis cannot be used, and that work goes on when it can be again. */
@Timeout(60)
class OutageTest {
  private static final QueueSettings QUEUE = QueueSettings.named("q");

  private static RedisSettings on(int port, String username, String password) {
    return RedisSettings.ofParts("127.0.0.1", port, 0, username, password, false);
  }

  private static String failure(RedisSettings server) {
    try (RedisTaskQueue queue = new RedisTaskQueue(server, QUEUE)) {
      return QueueFailures.message(() -> queue.enqueue(Tasks.tasks("a", 1)));
    }
  }

  @Test
  void goesOnInMidWork_whenTheServerWasRestarted() {
    try (TestRedis server = TestRedis.startDurable();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      queue.enqueue(Tasks.tasks("a", 3));
      ClaimedTask held = queue.claim().orElseThrow();

      server.kill();
      assertThat(QueueFailures.message(queue::claim))
          .contains("redis://127.0.0.1:" + server.port() + "/0");
      assertThat(QueueFailures.message(queue::stats)).contains("connection refused");
      server.restart();

      assertThat(queue.acknowledge(held)).isTrue();
      assertThat(Tasks.id(queue.claim().orElseThrow().payload())).isEqualTo("a1");
      assertThat(queue.enqueue(Tasks.tasks("a", 4)))
          .containsExactly(
              EnqueueResult.ALREADY_ENQUEUED,
              EnqueueResult.ALREADY_ENQUEUED,
              EnqueueResult.ALREADY_ENQUEUED,
              EnqueueResult.ENQUEUED);
    }
  }

  @Test
  void failsOnceAtMost_whenTheServerClosedIdleConnections() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE)) {
      List.of(1, 2, 3, 4).parallelStream().forEach(i -> queue.awaitWork(Duration.ofMillis(200)));
      TestKeys.call(server.settings(), Command.CLIENT, "KILL", "TYPE", "normal");

      int failures = 0;
      for (int i = 0; i < 6; i++) {
        try {
          queue.stats();
        } catch (QueueUnavailableException e) {
          failures++;
        }
      }

      assertThat(failures).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void saysSo_whenTheServerIsFrozen_andGoesOnAfterwards() {
    try (TestRedis server = TestRedis.start()) {
      RedisSettings impatient =
          server.settings().withTimeouts(Duration.ofMillis(200), Duration.ofMillis(200));
      try (RedisTaskQueue queue = new RedisTaskQueue(impatient, QUEUE)) {
        queue.stats();
        server.pause();
        assertThat(QueueFailures.message(queue::stats)).contains("did not answer in time");
        server.resume();

        assertThat(queue.enqueue(Tasks.tasks("a", 1))).containsExactly(EnqueueResult.ENQUEUED);
      }
    }
  }

  @Test
  void names_whatIsWrongWithTheAddress() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }

    assertThat(failure(on(unused, "", "")))
        .contains("redis://127.0.0.1:" + unused)
        .contains("connection refused")
        .contains("REDIS_PORT");
    assertThat(failure(RedisSettings.ofUrl("redis://no-such-host.invalid:6379")))
        .contains("no-such-host.invalid")
        .contains("REDIS_HOST");
  }

  @Test
  void names_whatIsWrongWithTheCredentials() {
    try (TestRedis server =
        TestRedis.start(
            "--requirepass sesame", "--user limited on >open ~* +@all -lpush -@dangerous")) {
      int port = server.port();
      assertThat(failure(on(port, "", ""))).contains("NOAUTH").contains("REDIS_PASSWORD");
      assertThat(failure(on(port, "", "wr0ng-secret")))
          .contains("WRONGPASS")
          .contains("REDIS_PASSWORD")
          .doesNotContain("wr0ng-secret");
      assertThat(failure(on(port, "nobody", "sesame"))).contains("REDIS_USERNAME");
      assertThat(failure(on(port, "limited", "open"))).contains("NOPERM").contains("lpush");
      try (RedisTaskQueue queue = new RedisTaskQueue(on(port, "", "sesame"), QUEUE)) {
        assertThat(queue.enqueue(Tasks.tasks("a", 1))).containsExactly(EnqueueResult.ENQUEUED);
      }
    }
  }

  @Test
  void says_whenThereIsNoSuchDatabase() {
    try (TestRedis server = TestRedis.start()) {
      assertThat(failure(RedisSettings.ofUrl("redis://127.0.0.1:" + server.port() + "/99")))
          .contains("REDIS_DB");
    }
  }

  @Test
  void acceptsNothingButStillHandsOutAndSettles_whenMemoryIsFull() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE);
        RedisClient admin = TestKeys.client(server.settings())) {
      queue.enqueue(Tasks.tasks("a", 3));
      ClaimedTask held = queue.claim().orElseThrow();
      ClaimedTask retried = queue.claim().orElseThrow();
      admin.configSet("maxmemory", "1");

      assertThat(queue.enqueue(Tasks.tasks("b", 2)))
          .containsExactly(EnqueueResult.QUEUE_FULL, EnqueueResult.QUEUE_FULL);
      assertThat(queue.health().warnings()).anyMatch(warning -> warning.contains("memory is full"));
      assertThat(queue.renew(held, Duration.ofMinutes(1))).isTrue();
      assertThat(queue.retryAfter(retried, Duration.ZERO, "no disk")).isTrue();
      ClaimedTask again = queue.claim().orElseThrow();
      assertThat(again.claimId()).isEqualTo(retried.claimId());
      assertThat(queue.bury(again, "not a PDF")).isTrue();
      TaskSource.Turn turn = queue.acknowledgeAndClaim(List.of(held), TaskSource.Room.ANY_ONE);
      assertThat(turn.acknowledged()).containsExactly(true);
      ClaimedTask last = turn.next().tasks().get(0);
      assertThat(last.payload()).isEqualTo(Tasks.task("a2").json());
      assertThat(queue.release(last)).isTrue();
      assertThat(queue.acknowledge(queue.claim().orElseThrow())).isTrue();
      assertThat(queue.claim()).isEmpty();

      admin.configSet("maxmemory", "0");
      assertThat(queue.enqueue(Tasks.tasks("b", 1))).containsExactly(EnqueueResult.ENQUEUED);
    }
  }

  @Test
  void saysSo_whenTheServerIsAReplica() {
    try (TestRedis primary = TestRedis.start();
        TestRedis replica = TestRedis.start("--replicaof 127.0.0.1 " + primary.port());
        RedisTaskQueue queue = new RedisTaskQueue(replica.settings(), QUEUE)) {
      assertThat(QueueFailures.message(() -> queue.enqueue(Tasks.tasks("a", 1))))
          .contains("primary");
      assertThat(queue.health().problems()).anyMatch(problem -> problem.contains("replica"));
    }
  }

  @Test
  void refusesToWork_afterItWasClosed() {
    RedisTaskQueue queue = new RedisTaskQueue(on(1, "", ""), QUEUE);
    queue.close();

    assertThatThrownBy(queue::claim).isInstanceOf(QueueUnavailableException.class);
  }
}
