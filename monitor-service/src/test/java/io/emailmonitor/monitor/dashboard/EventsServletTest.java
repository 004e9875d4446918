package io.emailmonitor.monitor.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.queue.Polling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventsServletTest {
  private static final int LARGE = 1_000_000;

  private final AtomicInteger looks = new AtomicInteger();
  private final Board board =
      new Board(new ObjectMapper())
          .with("state", Duration.ZERO, () -> "look " + looks.incrementAndGet())
          .with("large", Duration.ZERO, () -> looks.get() + "x".repeat(LARGE))
          .with("broken", Duration.ZERO, EventsServletTest::fail);
  private final EventsServlet servlet = new EventsServlet(board, new ObjectMapper());
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<Listener> listeners = new ArrayList<>();

  private static Object fail() {
    throw new IllegalStateException("no answer");
  }

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/events");
    server.setHandler(context);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    servlet.end();
    for (Listener listener : listeners) {
      listener.socket.close();
    }
    server.stop();
  }

  /** A browser, as far as the stream knows. */
  private static final class Listener {
    final Socket socket = new Socket();
    final BufferedReader lines;

    Listener(int port, int buffer) throws IOException {
      socket.setReceiveBufferSize(buffer);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** The next line that begins like that. */
    String next(String beginning) throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = lines.readLine();
      }
      return String.valueOf(line);
    }

    void awaitLook(int look) throws IOException {
      String data = "";
      while (!data.equals("data: \"look " + look + "\"")) {
        data = next("data: \"look ");
        assertThat(data).as("the stream goes on").isNotEqualTo("null");
      }
    }
  }

  private Listener listen(int buffer) throws IOException {
    Listener listener = new Listener(connector.getLocalPort(), buffer);
    listeners.add(listener);
    return listener;
  }

  @Test
  void tellsEverybodyWhatOneLookShowed() throws IOException {
    List<Listener> all = List.of(listen(65536), listen(65536), listen(65536));
    for (Listener one : all) {
      assertThat(one.next("HTTP")).contains("200");
      assertThat(one.next("Content-Type")).contains("text/event-stream");
      assertThat(one.next("event: ")).isEqualTo("event: state");
      assertThat(one.next("event: broken")).isNotEmpty();
      assertThat(one.next("data: ")).contains("no answer");
    }
    int before = looks.get();

    board.refresh();
    servlet.tell();

    assertThat(looks).hasValue(before + 1);
    for (Listener one : all) {
      one.awaitLook(before + 1);
    }
  }

  @Test
  void waitsForNobody_andTellsSlowReadersTheLatest() throws IOException {
    Listener slow = listen(65536);
    Listener quick = listen(1_000_000);
    Polling.until("both listen", () -> servlet.listeners() == 2);
    int last = 0;
    for (int i = 0; i < 20; i++) {
      board.refresh();
      servlet.tell();
      last = looks.get();
      quick.awaitLook(last);
    }

    slow.awaitLook(last);
  }

  @Test
  void takesOnlySoMany_andGivesPlacesBack() throws IOException {
    for (int i = 0; i < EventsServlet.MOST; i++) {
      assertThat(listen(4096).next("HTTP")).contains("200");
    }
    for (int i = 0; i < 3; i++) {
      Listener refused = listen(4096);
      assertThat(refused.next("HTTP")).contains("503");
      assertThat(refused.next("Retry-After")).contains("60");
      assertThat(refused.next("{")).contains("64 pages", "GET /dashboard");
    }

    listeners.get(0).socket.close();
    Polling.until(
        "a place is free",
        () -> {
          board.refresh();
          servlet.tell();
          return servlet.listeners() < EventsServlet.MOST;
        });
    assertThat(listen(4096).next("HTTP")).contains("200");
  }

  @Test
  void endsAllStreams_whenTheServerStops() throws IOException {
    Listener listener = listen(65536);
    assertThat(listener.next("HTTP")).contains("200");
    Polling.until("it listens", () -> servlet.listeners() == 1);

    servlet.end();

    assertThat(listener.next("no such line")).isEqualTo("null");
    assertThat(servlet.listeners()).isZero();
    assertThat(listen(4096).next("HTTP")).contains("503");
  }
}
