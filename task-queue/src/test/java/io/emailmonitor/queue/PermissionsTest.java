package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** The access that docs/protocol.md tells operators to grant. */
class PermissionsTest {
  private static final QueueSettings QUEUE =
      QueueSettings.named(QueueSettings.DEFAULT_NAME).withLimits(10, 1_000_000);

  @Test
  void sufficeForEverything_asDocumented() throws IOException {
    try (TestRedis server = TestRedis.start()) {
      assertThat(TestKeys.call(server.settings(), Command.ACL, documentedUser())).isNotNull();
      RedisSettings limited =
          RedisSettings.ofParts("127.0.0.1", server.port(), 0, "email-monitor", "password", false);
      try (RedisTaskQueue queue = new RedisTaskQueue(limited, QUEUE)) {
        useEverything(queue);
        // What REDIS_MIN_REPLICAS adds.
        assertThat(TestKeys.call(limited, Command.EXPIRE, "{email_attachments}:seen:a0", 9))
            .isEqualTo(1L);
        assertThat(TestKeys.call(limited, Command.WAIT, 0, 1)).isEqualTo(0L);
      }
    }
  }

  private static Object[] documentedUser() throws IOException {
    Path page = Path.of(System.getProperty("basedir", "."), "..", "docs", "protocol.md");
    String line =
        Files.readAllLines(page).stream()
            .filter(text -> text.contains("ACL SETUSER"))
            .findFirst()
            .orElseThrow();
    String[] words = line.strip().split(" ", -1);
    return Arrays.copyOfRange(words, 1, words.length);
  }

  private static void useEverything(RedisTaskQueue queue) {
    queue.enqueue(Tasks.tasks("a", 4));
    queue.enqueue(Tasks.tasks("a", 1));
    ClaimedTask first = queue.claim().orElseThrow();
    queue.renew(first, Duration.ofMinutes(1));
    ClaimedTask second =
        queue.acknowledgeAndClaim(List.of(first), TaskSource.Room.ANY_ONE).next().tasks().get(0);
    queue.retryAfter(second, Duration.ZERO, "no disk");
    second = queue.claim().orElseThrow();
    queue.release(second);
    second = queue.claim().orElseThrow();
    queue.bury(second, "not a PDF");
    ClaimedTask third = queue.claim().orElseThrow();
    queue.bury(third, "not a PDF");

    assertThat(queue.dead(0, 10)).hasSize(2);
    assertThat(queue.redrive(second.claimId())).isTrue();
    assertThat(queue.expire(Duration.ofDays(1), 10)).isZero();
    assertThat(queue.discard(third.claimId())).isTrue();
    assertThat(queue.acknowledge(queue.claim().orElseThrow())).isTrue();
    assertThat(queue.peek(10)).hasSize(1);
    assertThat(queue.clear()).isEqualTo(1);
    assertThat(queue.forget("a1")).isTrue();
    assertThat(queue.stats().totals()).containsEntry("acknowledged", 2L);
    assertThat(queue.eventsAfter(TaskEvents.BEGINNING, 10).events())
        .extracting(TaskEvent::outcome)
        .containsExactly("done", "retried", "buried", "buried", "discarded", "done");
    assertThat(queue.repair()).isZero();
    queue.enqueue(Tasks.tasks("b", 1));
    queue.bury(queue.claim().orElseThrow(), "not a PDF");
    assertThat(queue.drain()).isEqualTo(1);
    queue.announce(new WorkerPresence("host:1", Duration.ZERO, 1, 0, List.of()));
    assertThat(queue.workers()).hasSize(1);
    queue.leave("host:1");
    assertThat(queue.workers()).isEmpty();
    assertThat(queue.health().persistence()).isEqualTo("none");
    queue.awaitWork(Duration.ofMillis(1));
    queue.awaitWork(Duration.ofMillis(1));
  }
}
