package io.emailmonitor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandlerSettingsTest {
  private static HandlerSettings settings(Object value) {
    return new HandlerSettings(Map.of("x", value));
  }

  @Test
  void readsNumbersFlagsAndSizes() {
    assertThat(settings(7).number("x", 1, 0, 7)).isEqualTo(7);
    assertThat(settings("-7").number("x", 1, -7, 7)).isEqualTo(-7);
    assertThat(settings(true).flag("x", false)).isTrue();
    assertThat(settings("FALSE").flag("x", true)).isFalse();
    assertThat(settings("500").bytes("x", 1)).isEqualTo(500);
    assertThat(settings("64 KiB").bytes("x", 1)).isEqualTo(64 << 10);
    assertThat(settings("5GiB").bytes("x", 1)).isEqualTo(5L << 30);
    assertThat(settings("2h").duration("x", Duration.ZERO)).isEqualTo(Duration.ofHours(2));
    assertThat(settings(List.of("a", "b c")).list("x")).containsExactly("a", "b c");
  }

  @Test
  void givesTheDefault_whenNothingIsSet() {
    Map<String, @Nullable Object> empty = new HashMap<>();
    empty.put("x", null);
    for (HandlerSettings settings : List.of(new HandlerSettings(empty), settings(" "))) {
      assertThat(settings.get("x")).isEmpty();
      assertThat(settings.number("x", 9, 0, 7)).isEqualTo(9);
      assertThat(settings.flag("x", true)).isTrue();
      assertThat(settings.bytes("x", 3)).isEqualTo(3);
    }
  }

  @Test
  void namesTheKey_andWhatIsAllowed() {
    assertThatThrownBy(() -> settings("8").number("x", 1, 0, 7))
        .hasMessage("handler.x is '8'; it must be a whole number from 0 to 7");
    assertThatThrownBy(() -> settings("many").number("x", 1, 0, 7)).hasMessageContaining("from 0");
    assertThatThrownBy(() -> settings("yes").flag("x", true)).hasMessageContaining("true or false");
    assertThatThrownBy(() -> settings("50MB").bytes("x", 1)).hasMessageContaining("50MiB");
    assertThatThrownBy(() -> settings("0").bytes("x", 1)).hasMessageContaining("above 0");
  }

  @Test
  void tellsTheKeys_forWhichNobodyAsked() {
    HandlerSettings settings = new HandlerSettings(Map.of("outputDir", "a", "ouputDir", "b"));

    assertThat(settings.require("outputDir")).isEqualTo("a");
    assertThat(settings.get("other")).isEmpty();

    assertThat(settings.unasked()).containsExactly("ouputDir");
  }
}
