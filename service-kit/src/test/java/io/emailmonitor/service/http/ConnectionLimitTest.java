package io.emailmonitor.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionLimitTest {
  private static final int MOST = 3;

  @Test
  void makesRoomForThoseWhoAsk_whenOthersHoldAllConnectionsAndSayNothing() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setIdleTimeout(60_000);
    server.addConnector(connector);
    ConnectionLimit.on(connector, MOST, 50);
    server.start();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * MOST; i++) {
        silent.add(connect(connector));
      }
      try (Socket asking = connect(connector)) {
        asking
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        assertThat(new String(asking.getInputStream().readAllBytes(), US_ASCII))
            .startsWith("HTTP/1.1 404");
      }
      assertThat(connector.getConnectedEndPoints()).hasSizeLessThanOrEqualTo(MOST);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
      server.stop();
    }
  }

  private static Socket connect(ServerConnector connector) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(10_000);
    return socket;
  }
}
