package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HoldTest {
  private final Hold hold = new Hold(claimed(), Instant.MAX, Duration.ofDays(1));

  private static ClaimedTask claimed() {
    InMemoryTaskQueue queue =
        new InMemoryTaskQueue(QueueSettings.named("q"), InstantSource.system());
    queue.push(new byte[0]);
    return queue.claim().orElseThrow();
  }

  @Test
  void interruptsTheHandler_andRemembersTheFirstCause() {
    hold.interrupt(Hold.Cause.DEADLINE);
    hold.interrupt(Hold.Cause.STOP);

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(hold.isOverdue()).isTrue();
    assertThat(hold.handlerReturned()).contains(Hold.Cause.DEADLINE);
    assertThat(hold.isOverdue()).isFalse();
  }

  @Test
  void neverInterrupts_whatComesAfterTheHandler() {
    hold.interrupt(Hold.Cause.LEASE_LOST);
    hold.handlerReturned();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    hold.interrupt(Hold.Cause.STOP);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(hold.handlerReturned()).contains(Hold.Cause.LEASE_LOST);
  }

  @Test
  void letsOnePartySettle() {
    assertThat(hold.takeSettlement()).isTrue();
    assertThat(hold.takeSettlement()).isFalse();
  }
}
