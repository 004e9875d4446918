package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a{b}", "{", "}"})
  void refusesNames_thatWouldScatterTheKeys(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QueueSettings.named(name))
        .withMessageContaining("EMAIL_QUEUE_NAME");
  }

  @Test
  void namesTheSetting_thatIsOutOfRange() {
    QueueSettings settings = QueueSettings.named("q");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withLimits(0, 0))
        .withMessageContaining("MAX_QUEUE_SIZE is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withLimits(1, -1))
        .withMessageContaining("MAX_QUEUE_BYTES is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withDelivery(Duration.ZERO, 1))
        .withMessageContaining("WORKER_LEASE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withDelivery(Duration.ofMinutes(1), 0))
        .withMessageContaining("WORKER_MAX_DELIVERIES is 0");
  }
}
