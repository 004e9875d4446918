package io.emailmonitor.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RepeatedTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  private static Repeated loop(Duration longest, Supplier<Duration> step) {
    Repeated loop = new Repeated("test", "the test", "nothing is tested", longest, step);
    loop.start();
    return loop;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isAlive_whileItPauses_andStopsAtOnce() throws InterruptedException {
    Repeated loop =
        loop(
            LONG,
            () -> {
              reached.countDown();
              return Duration.ofHours(1);
            });
    await(reached);

    assertThat(loop.dead()).isEmpty();
    loop.stop();
    assertThat(loop.dead()).get().asString().contains("is not running", "Restart");
  }

  @Test
  void goesOn_afterAStepThatFailed_andSaysSoMeanwhile() throws InterruptedException {
    Repeated loop =
        loop(
            LONG,
            () -> {
              throw new IllegalStateException("no answer");
            });

    await(() -> loop.problem().isPresent());
    assertThat(loop.problem()).hasValue("nothing is tested: no answer");
    assertThat(loop.dead()).isEmpty();
    loop.stop();
  }

  @Test
  void isDead_whenAStepHangs_andAliveAgainAfterIt() throws InterruptedException {
    Repeated loop =
        loop(
            Duration.ofMillis(500),
            () -> {
              await(open);
              return Duration.ofMillis(1);
            });

    await(() -> loop.dead().isPresent());
    assertThat(loop.dead()).get().asString().contains("the test hangs");
    open.countDown();
    await(() -> loop.dead().isEmpty());
    loop.stop();
  }

  @Test
  void isDead_whenItsThreadEnded() {
    Repeated loop =
        loop(
            LONG,
            () -> {
              // What a step may not catch either.
              Thread.currentThread().interrupt();
              return LONG;
            });

    await(() -> loop.dead().isPresent());
    assertThat(loop.dead()).get().asString().contains("the test is not running");
  }
}
