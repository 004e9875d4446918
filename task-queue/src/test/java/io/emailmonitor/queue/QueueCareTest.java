package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class QueueCareTest {
  private static final QueueSettings QUEUE = QueueSettings.named("a*[q]");
  private static final String PREFIX = "{a*[q]}:";

  @Test
  void putsBack_whatNothingLeadsToAnyMore_andLeavesTheRest() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE);
        RedisClient admin = TestKeys.client(server.settings())) {
      queue.enqueue(Tasks.tasks("t", 4));
      ClaimedTask lost = queue.claim().orElseThrow();
      ClaimedTask forgotten = queue.claim().orElseThrow();
      ClaimedTask held = queue.claim().orElseThrow();
      ClaimedTask dead = queue.claim().orElseThrow();
      queue.bury(dead, "not a PDF");
      admin.zrem(PREFIX + "due", lost.claimId(), forgotten.claimId());
      admin.hdel(PREFIX + "n", forgotten.claimId());
      admin.rpush("{a*[q]}:jobless", "of somebody else");

      assertThat(queue.repair()).isEqualTo(2);
      assertThat(queue.repair()).isZero();

      assertThat(queue.stats().claimed()).isEqualTo(3);
      assertThat(queue.stats().dead()).isEqualTo(1);
      assertThat(queue.claim().orElseThrow().claimId()).isIn(lost.claimId(), forgotten.claimId());
      assertThat(queue.claim().orElseThrow().claimId()).isIn(lost.claimId(), forgotten.claimId());
      assertThat(queue.claim()).isEmpty();
      assertThat(queue.acknowledge(held)).isTrue();
    }
  }

  @Test
  void tellsOnce_whatEndangersTasks_asSoonAsTheServerAnswers() {
    try (TestRedis server = TestRedis.start("--maxmemory 100mb", "--maxmemory-policy allkeys-lru");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QUEUE);
        RedisClient admin = TestKeys.client(server.settings())) {
      List<String> told = new ArrayList<>();
      QueueCare care = new QueueCare(queue, told::add);
      server.kill();
      assertThat(care.look()).isLessThan(Duration.ofMinutes(1));
      assertThat(told).isEmpty();
      server.restart();
      assertThat(care.look()).isEqualTo(Duration.ofHours(1));
      assertThat(told)
          .satisfiesExactly(
              policy -> assertThat(policy).contains("allkeys-lru"),
              disk -> assertThat(disk).contains("nothing on disk"));

      admin.rpush(PREFIX + "job:lost", "a task");
      care.look();
      assertThat(told).hasSize(3).last().asString().startsWith("1 tasks that nothing led to");
    }
  }
}
