package io.emailmonitor.monitor.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueDeliveryTest {
  private static final Receipt ENQUEUED = new Receipt.Delivered(Outcome.ENQUEUED, null);

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final EncodedTask one = Tasks.task("a1", "a.pdf", new byte[] {1});
  private final EncodedTask two = Tasks.task("a2", "b.pdf", new byte[] {2});

  @Test
  void enqueuesOnce_howeverOftenATaskComes() {
    RedisTaskQueue queue = redis.open();
    QueueDelivery delivery = new QueueDelivery(queue);

    assertThat(delivery.deliver(List.of(one))).containsExactly(ENQUEUED);
    assertThat(delivery.deliver(List.of(one, two))).containsExactly(ENQUEUED, ENQUEUED);
    assertThat(queue.stats().waiting()).isEqualTo(2);
  }

  @Test
  void holdsWhatDoesNotFit() {
    RedisTaskQueue queue = redis.open(redis.settings().withLimits(1, 0));

    assertThat(new QueueDelivery(queue).deliver(List.of(one, two)))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(ENQUEUED),
            second ->
                assertThat(second)
                    .isInstanceOfSatisfying(
                        Receipt.Held.class,
                        held -> assertThat(held.cause()).isEqualTo(Receipt.Cause.QUEUE_FULL)));
  }

  @Test
  void holdsEverything_whileRedisIsDown_andDeliversAfterwards() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QueueSettings.named("q"))) {
      QueueDelivery delivery = new QueueDelivery(queue);
      server.kill();
      assertThat(delivery.deliver(List.of(one, two)))
          .hasSize(2)
          .allMatch(
              receipt ->
                  receipt instanceof Receipt.Held held && held.cause() == Receipt.Cause.QUEUE_DOWN);
      server.restart();
      assertThat(delivery.deliver(List.of(one, two))).containsExactly(ENQUEUED, ENQUEUED);
    }
  }
}
