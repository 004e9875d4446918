package io.emailmonitor.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  private long nanos = Long.MAX_VALUE - 5;
  private final Pulse pulse = new Pulse("the loop", Duration.ofSeconds(60), () -> nanos);

  @Test
  void saysThatALoopHangs_untilItGoesRoundAgain() {
    nanos += Duration.ofSeconds(60).toNanos();
    assertThat(pulse.problem()).isEmpty();
    nanos += Duration.ofSeconds(5).toNanos();
    assertThat(pulse.problem().orElseThrow())
        .startsWith("the loop hangs: no step for 65 s")
        .contains("Restart", "/threads");
    pulse.beat();
    assertThat(pulse.problem()).isEmpty();
  }
}
