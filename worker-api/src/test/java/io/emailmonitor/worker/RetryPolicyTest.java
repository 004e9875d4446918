package io.emailmonitor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(10));

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "7, 320", "8, 600", "40, 600", "2147483647, 600"})
  void doublesTheDelay_withinItsBounds(int failures, long dueSeconds) {
    Random random = new Random(1);
    Duration due = Duration.ofSeconds(dueSeconds);

    for (int i = 0; i < 100; i++) {
      assertThat(POLICY.delay(failures, random)).isBetween(due.dividedBy(2), due);
    }
  }

  @Test
  void spreadsWhatFailedTogether() {
    Random random = new Random(1);

    assertThat(random.ints(100).mapToObj(i -> POLICY.delay(3, random)).distinct().count())
        .isGreaterThan(90);
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
