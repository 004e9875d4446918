package io.emailmonitor.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedCheckTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Runnable> pending = new ArrayDeque<>();

  @Test
  void asksAgainOnlyWhenTheAnswerHasAged() {
    HealthCheck check = bounded(Runnable::run);

    assertThat(check.execute().getMessage()).isEqualTo("answer 1");
    assertThat(check.execute().getMessage()).isEqualTo("answer 1");
    now = now.plusSeconds(6);
    assertThat(check.execute().getMessage()).isEqualTo("answer 2");
  }

  @Test
  void isRedAndAsksNoMore_whileThereIsNoAnswer() {
    HealthCheck check = bounded(pending::add);

    assertThat(check.execute().isHealthy()).isFalse();
    now = now.plusSeconds(60);
    HealthCheck.Result still = check.execute();
    assertThat(still.isHealthy()).isFalse();
    assertThat(still.getMessage()).contains("2026-03-01T10:00:00Z");
    assertThat(pending).hasSize(1);

    pending.remove().run();
    assertThat(check.execute().isHealthy()).isFalse();
    pending.remove().run();
    assertThat(check.execute().isHealthy()).isTrue();
  }

  private HealthCheck bounded(Executor executor) {
    HealthCheck counting =
        new HealthCheck() {
          @Override
          protected Result check() {
            return Result.healthy("answer " + asked.incrementAndGet());
          }
        };
    return new BoundedCheck(counting, executor, () -> now, Duration.ofMillis(20));
  }
}
