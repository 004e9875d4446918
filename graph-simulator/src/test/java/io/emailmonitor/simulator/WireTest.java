package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.http.Transmission.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over the wire, byte by byte. */
class WireTest {

  private static final String BOX = "a@contoso.example";
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

  private GraphSimulator simulator;
  private String path;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().build().start();
    String id = simulator.deliver(BOX, "inbox", Mails.withFile("one", "a.pdf", CONTENT));
    String attachment =
        simulator.truth().messages().findFirst().orElseThrow().attachments().get(0).id();
    path = "/v1.0/users/" + BOX + "/messages/" + id + "/attachments/" + attachment + "/$value";
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void fault(Effect effect) {
    simulator.faults().add(Fault.always(Match.path("**/$value"), effect));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.baseUri().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String request(String version, String... headers) {
    StringBuilder request = new StringBuilder("GET " + path + ' ' + version + "\r\nHost: sim\r\n");
    request.append("Authorization: Bearer ").append(simulator.token()).append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** All that comes until the connection ends. */
  private String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return all(socket.getInputStream());
    }
  }

  private static String all(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    in.transferTo(bytes);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void sendsInChunks() throws IOException {
    assertThat(answer(request("HTTP/1.1", "Connection: close")))
        .startsWith("HTTP/1.1 200 OK\r\nDate: ")
        .contains("\r\nTransfer-Encoding: chunked\r\n", "\r\nConnection: close\r\n")
        .endsWith("\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
  }

  @Test
  void sendsALength_toClientsThatKnowNoChunks() throws IOException {
    assertThat(answer(request("HTTP/1.0")))
        .contains("\r\nContent-Length: 10\r\n")
        .endsWith("\r\n\r\n0123456789");
  }

  @Test
  void servesManyRequestsOnOneConnection() throws IOException {
    String head = "GET /v1.0/users HTTP/1.1\r\nHost: sim\r\n\r\n";
    assertThat(answer(head + head + request("HTTP/1.1", "Connection: close")))
        .containsSubsequence("401 Unauthorized", "401 Unauthorized", "200 OK", "0123456789");
  }

  @Test
  void readsBodiesInChunks_andAsksForThemWhenTheClientWaits() throws IOException {
    String head =
        String.join(
            "\r\n",
            "POST /_simulator/clock HTTP/1.1",
            "Expect: 100-continue",
            "Connection: close",
            "Transfer-Encoding: chunked\r\n\r\n");
    assertThat(
            answer(head + "5\r\n{\"adv\r\na;x=y\r\nance\":\"1s\"\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    assertThat(answer("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("'hello'");
    assertThat(answer("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(answer("GET / HTTP/1.1\r\nno colon\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void cutsTheBody(Framing framing) throws IOException {
    fault(new Effect.Cut(4, framing, false));
    String answer = answer(request("HTTP/1.1"));
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(head.contains("Transfer-Encoding")).isEqualTo(framing == Framing.CHUNKED);
    assertThat(head.contains("Content-Length: 10")).isEqualTo(framing == Framing.LENGTH);
    assertThat(body).isEqualTo(framing == Framing.CHUNKED ? "4\r\n0123\r\n" : "0123");
  }

  @Test
  void cutsBeforeTheEndIsMarked_whenAllBytesMayPass() throws IOException {
    fault(new Effect.Cut(10, Framing.CHUNKED, false));
    assertThat(answer(request("HTTP/1.1"))).endsWith("a\r\n0123456789\r\n");
  }

  @Test
  void resetsTheConnection() throws IOException {
    fault(new Effect.Reset());
    assertThatThrownBy(() -> answer(request("HTTP/1.1")))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    simulator.faults().clear();
    fault(new Effect.Cut(4, Framing.LENGTH, true));
    assertThatThrownBy(() -> answer(request("HTTP/1.1"))).isInstanceOf(SocketException.class);
  }

  @Test
  void liesAboutTheLength() throws IOException {
    fault(new Effect.WrongLength(5));
    assertThat(answer(request("HTTP/1.1")))
        .contains("Content-Length: 15\r\n")
        .endsWith("0123456789");
    simulator.faults().clear();
    fault(new Effect.WrongLength(-5));
    assertThat(answer(request("HTTP/1.1")))
        .contains("Content-Length: 5\r\n")
        .endsWith("0123456789");
  }

  @Test
  void sendsByAndBy_andLate() throws IOException {
    fault(new Effect.Slow(100));
    fault(new Effect.Delay(Duration.ofMillis(30)));
    long start = System.nanoTime();
    String answer = answer(request("HTTP/1.1", "Connection: close"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(80));
    assertThat(answer).endsWith("a\r\n0123456789\r\n0\r\n\r\n");
  }

  @Test
  void countsABrokenRequestAsDone() throws IOException {
    fault(new Effect.Reset());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> answer(request("HTTP/1.1"))).isInstanceOf(SocketException.class);
    }
    assertThat(simulator.maxInFlight(BOX)).isEqualTo(1);
    assertThat(simulator.requests(BOX)).isEqualTo(3);
  }

  @Test
  void endsItsConnections_whenItIsClosed() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request("HTTP/1.1").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      simulator.close();
      assertThat(all(in)).endsWith("0\r\n\r\n");
    }
  }
}
