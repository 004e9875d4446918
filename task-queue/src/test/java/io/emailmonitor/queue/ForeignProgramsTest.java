package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

/** What programs that know nothing of us may do with the list. */
class ForeignProgramsTest {
  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  private RedisTaskQueue queue;
  private RedisClient foreign;
  private byte[] list;

  @BeforeEach
  void open() {
    queue = redis.open();
    foreign = TestKeys.client(redis.server());
    list = redis.settings().name().getBytes(UTF_8);
  }

  @AfterEach
  void close() {
    foreign.close();
  }

  @Test
  void servesWhatAForeignProducerPushes_inTurn() {
    queue.enqueue(List.of(Tasks.task("ours")));
    foreign.lpush(list, Tasks.task("theirs").json());

    assertThat(Tasks.id(queue.claim().orElseThrow().payload())).isEqualTo("ours");
    ClaimedTask theirs = queue.claim().orElseThrow();
    assertThat(Tasks.id(theirs.payload())).isEqualTo("theirs");
    assertThat(queue.acknowledge(theirs)).isTrue();
  }

  @Test
  void losesAnItemCleanly_toAForeignConsumer() {
    queue.enqueue(Tasks.tasks("a", 2));

    assertThat(foreign.rpop(list)).isEqualTo(Tasks.task("a0").json());

    assertThat(queue.stats().waiting()).isEqualTo(1);
    assertThat(Tasks.id(queue.claim().orElseThrow().payload())).isEqualTo("a1");
    assertThat(queue.claim()).isEmpty();
  }

  @Test
  void carriesAnyBytes_thatAreNoTask() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < 256; i++) {
      everyByte[i] = (byte) i;
    }
    foreign.lpush(list, everyByte);
    foreign.lpush(list, new byte[0]);

    assertThat(queue.peek(10))
        .containsExactly(new QueuedTask(256, Map.of()), new QueuedTask(0, Map.of()));
    assertThat(queue.stats().oldestCreatedAt()).isNull();
    ClaimedTask binary = queue.claim().orElseThrow();
    assertThat(binary.payload()).isEqualTo(everyByte);
    queue.bury(binary, "not a task");
    assertThat(queue.dead(0, 1).get(0).task()).isEqualTo(new QueuedTask(256, Map.of()));
    assertThat(queue.claim().orElseThrow().payload()).isEmpty();
  }

  @Test
  void toleratesADate_thatIsNone() {
    foreign.lpush(list, "{\"created_at\":\"yesterday\"}".getBytes(UTF_8));

    assertThat(queue.stats().oldestCreatedAt()).isNull();
  }

  @Test
  void cleansUp_whenAClaimedPayloadWasRemovedByHand() {
    queue.enqueue(Tasks.tasks("a", 2));
    ClaimedTask claimed = queue.claim().orElseThrow();
    queue.release(claimed);
    foreign.del("{" + redis.settings().name() + "}:job:" + claimed.claimId());

    assertThat(Tasks.id(queue.claim().orElseThrow().payload())).isEqualTo("a1");
    assertThat(queue.stats().claimed()).isEqualTo(1);
  }

  @Test
  void refusesTasks_whenTheKeyHoldsSomethingElse() {
    foreign.set(list, new byte[] {1});

    assertThat(QueueFailures.message(() -> queue.enqueue(Tasks.tasks("a", 1))))
        .contains("EMAIL_QUEUE_NAME");

    foreign.del(list);
    assertThat(queue.enqueue(Tasks.tasks("a", 1))).containsExactly(EnqueueResult.ENQUEUED);
  }
}
