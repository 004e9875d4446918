package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.Duration;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.service.http.HostileRequests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that are made to break in or to break something. */
@Timeout(60)
class BadRequestsTest {
  private static final String HOST = "Host: localhost\r\nConnection: close\r\n";
  private static final ApiServer SERVER = new ApiServer(Optional.empty(), settings());

  /** As shipped, but for the patience with clients that send nothing. */
  private static MonitorConfiguration settings() {
    MonitorConfiguration settings = ApiServer.configuration(Map.of("API_TOKEN", "right-token"));
    settings.server().getApplicationConnectors().stream()
        .map(HttpConnectorFactory.class::cast)
        .forEach(http -> http.setIdleTimeout(Duration.milliseconds(500)));
    return settings;
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void refusesHeadersWithoutEnd() {
    Answer answer = SERVER.raw("GET /status HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

    WithApi.assertProblem(answer, 431);
    assertThat(answer.body()).doesNotContain("xxxx");
  }

  @Test
  void refusesAHundredThousandHeaders() {
    WithApi.assertProblem(
        SERVER.raw("GET /status HTTP/1.1\r\n" + "a:\r\n".repeat(100_000) + "\r\n"), 431);
  }

  @Test
  void refusesAddressesWithoutEnd() {
    Answer answer = SERVER.raw("GET /" + "y".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n");

    WithApi.assertProblem(answer, 414);
    assertThat(answer.body()).doesNotContain("yyyy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /status HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void refusesWhatIsNotHttp(String request) {
    WithApi.assertProblem(SERVER.raw(request), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "BREW", "DELETE", "PUT", "PATCH"})
  void refusesOtherMethods(String method) {
    Answer answer =
        SERVER.raw(
            method
                + " /status HTTP/1.1\r\nAuthorization: Bearer right-token\r\n"
                + HOST
                + "Content-Length: 0\r\n\r\n");

    assertThat(answer.status()).as(answer.body()).isIn(400, 405);
    WithApi.assertProblem(answer, answer.status());
  }

  @Test
  void refusesLargeBodies_beforeTheyCome() {
    Answer answer =
        SERVER.raw(
            "POST /sign-in HTTP/1.1\r\nContent-Type: application/json\r\n"
                + HOST
                + "Content-Length: 1000000000\r\n\r\n");

    WithApi.assertProblem(answer, 413);
  }

  @Test
  void refusesLargeBodies_ofWhichItDoesNotKnowTheLength() {
    String chunk = "1000\r\n" + "z".repeat(0x1000) + "\r\n";
    Answer answer =
        SERVER.raw(
            "POST /sign-in HTTP/1.1\r\nContent-Type: application/json\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(5)
                + "0\r\n\r\n");

    WithApi.assertProblem(answer, 413);
    assertThat(answer.body()).doesNotContain("zzzz");
  }

  /** Not even what a library has to say of them at its lowest level that is shown. */
  @Test
  void repeatsNothingThatStrangersSend_neitherInAnswersNorInTheLog() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    List<String> logged = new CopyOnWriteArrayList<>();
    AppenderBase<ILoggingEvent> log =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            logged.add(
                event.getLoggerName()
                    + ": "
                    + event.getFormattedMessage()
                    + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
          }
        };
    log.start();
    root.addAppender(log);
    try {
      for (String request : HostileRequests.all()) {
        for (int port : new int[] {SERVER.port(), SERVER.adminPort()}) {
          assertThat(HostileRequests.send(port, request))
              .as(request)
              .doesNotContainIgnoringCase(HostileRequests.MARK)
              .doesNotContain("Exception", "jetty", " 500 ");
        }
      }
    } finally {
      root.detachAppender(log);
    }
    assertThat(logged)
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains(HostileRequests.MARK))
        .as("paths are audited as they came, percent-encoded, and nothing else is")
        .allMatch(line -> line.matches("audit: anonymous from [0-9.]+: [A-Z]+ [!-~]*xyzzy: .*"));
  }

  @Test
  void hangsUpOnClientsThatSendNothing() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET /status HTTP/1.1\r\nHost: lo".getBytes(ISO_8859_1));
      readToEnd(socket);
    }
  }

  @Test
  void hangsUpOnBodiesThatComeDropByDrop() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /sign-in HTTP/1.1\r\nContent-Type: application/json\r\n"
                      + HOST
                      + "Content-Length: 10000\r\n\r\n")
                  .getBytes(ISO_8859_1));
      WithApi.assertProblem(ApiServer.answer(drip(socket)), 408);
    }
  }

  /** Sends a byte whenever no answer has come in a moment; returns the answer. */
  private static String drip(Socket socket) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    socket.setSoTimeout(50);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4096];
    int read = 0;
    while (read >= 0) {
      try {
        answer.write(buffer, 0, read);
        read = in.read(buffer);
      } catch (SocketTimeoutException e) {
        read = 0;
        try {
          socket.getOutputStream().write('x');
        } catch (SocketException closed) {
          // What was answered before can still be read.
          assertThat(answer.size()).isPositive();
          return answer.toString(UTF_8);
        }
      }
    }
    return answer.toString(UTF_8);
  }

  private static Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
  }

  private static void readToEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // Hung up without a word.
    }
  }
}
