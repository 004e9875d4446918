package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  @Test
  void servesTheSamples_unlessToldOtherwise() throws IOException {
    try (GraphSimulator simulator =
        Main.parse(List.of("--token", "t", "--port", "0")).build().start()) {
      assertThat(simulator.token()).isEqualTo("t");
      assertThat(simulator.truth().messages().count()).isGreaterThan(40);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port 70000, 0 to 65535",
    "--new-mail-every 0s, 'above 0'",
    "--new-mail-every soon, '500ms, 5s, 10m or 2h'",
    "--colour red, '''--colour'' is no option'",
    "--token, lacks its value"
  })
  void saysWhatIsWrong(String arguments, String reason) {
    assertThatThrownBy(() -> Main.parse(List.of(arguments.split(" ", -1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
