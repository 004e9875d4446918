package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @Test
  @EnabledOnOs(OS.LINUX) // Others have no second address.
  void listensWhereItIsTold() throws IOException {
    try (GraphSimulator simulator = Main.parse(List.of("--host", "127.0.0.2")).build().start()) {
      int port = simulator.baseUri().getPort();

      new Socket(loopback(2), port).close();
      assertThatThrownBy(() -> new Socket(loopback(1), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  private static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
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
