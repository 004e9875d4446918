package io.emailmonitor.worker.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  private final Problems problems = new Problems();

  private Setting setting(String value) {
    return new Setting(problems, "worker.x", "WORKER_X", value);
  }

  private void assertProblem(String sentence, Object... arguments) {
    assertThatThrownBy(problems::refuse)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("\n  - " + sentence, arguments);
  }

  @Test
  void givesTheDefault_whenNothingIsSet() {
    assertThat(setting(" ").number(7, 1, 9)).isEqualTo(7);
    assertThat(setting("").yes(true)).isTrue();
    assertThat(new Setting(problems, "worker.x", null).text("default")).isEqualTo("default");
    assertThat(setting("").duration(Duration.ZERO, Duration.ZERO, Duration.ZERO)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "2h, 7200000", "'1 minute', 60000"})
  void readsDurations(String text, long millis) {
    assertThat(setting(text).duration(Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "-5s", "soon", "0s", "25h", "99999999999999d"})
  void saysWhatADurationMayBe(String text) {
    assertThat(setting(text).duration(Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(1)))
        .isZero();
    assertProblem(
        "worker.x (WORKER_X) is '%s'; it must be a number with a unit, such as 500ms, 30s, 5m"
            + " or 2h, from 1s to 24h",
        text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "3.5", "many", "99999999999"})
  void saysWhatANumberMayBe(String text) {
    assertThat(setting(text).number(1, 1, 9)).isEqualTo(1);
    assertProblem("worker.x (WORKER_X) is '%s'; it must be a whole number from 1 to 9", text);
  }

  @Test
  void knowsTrueAndFalse_andNothingElse() {
    assertThat(setting("TRUE").yes(false)).isTrue();
    assertThat(setting("false").yes(true)).isFalse();
    problems.refuse();
    assertThat(setting("yes").yes(false)).isFalse();
    assertProblem("worker.x (WORKER_X) is 'yes'; it must be true or false");
  }
}
