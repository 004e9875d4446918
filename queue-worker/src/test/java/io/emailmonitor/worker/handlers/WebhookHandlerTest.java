package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.TestAttempt;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server. */
@Timeout(60)
class WebhookHandlerTest {
  private static final Attempt SMALL = TestAttempt.of(Tasks.task("a").json());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Headers headers = new Headers();
  private volatile byte[] body = new byte[0];
  private volatile int status = 200;
  private volatile @Nullable String retryAfter;
  private volatile boolean silent;

  WebhookHandlerTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    headers = exchange.getRequestHeaders();
    body = exchange.getRequestBody().readAllBytes();
    if (silent) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (retryAfter != null) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private TaskHandler handler(String... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=t0k");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new WebhookHandlerFactory().create(new HandlerSettings(settings));
  }

  @Test
  void postsFactsAndContent_asTwoParts() throws Exception {
    byte[] content = new byte[2_000_000];
    new Random(1).nextBytes(content);

    Outcome outcome = handler().handle(TestAttempt.of(Tasks.task("a", content).json()));

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(headers.getFirst("Idempotency-Key")).isEqualTo("a");
    assertThat(headers.getFirst("X-Email-Monitor-Attempt")).isEqualTo("1");
    assertThat(headers.getFirst("Content-Length")).isEqualTo("" + body.length);
    assertThat(headers).doesNotContainKey("X-email-monitor-signature");
    String boundary =
        headers.getFirst("Content-Type").replace("multipart/form-data; boundary=", "--");
    String[] parts = new String(body, ISO_8859_1).split("(\r\n)?" + boundary + "(\r\n|--\r\n)", -1);
    assertThat(parts).hasSize(4);
    assertThat(parts[1])
        .startsWith("Content-Disposition: form-data; name=\"task\"; filename=\"task.json\"\r\n")
        .contains("Content-Type: application/json\r\n\r\n{", "\"task_id\" : \"a\"")
        .doesNotContain("attachment_content_b64");
    assertThat(parts[2])
        .isEqualTo(
            "Content-Disposition: form-data; name=\"content\"; filename=\"a.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n"
                + new String(content, ISO_8859_1));
  }

  /** As docs/handlers.md tells receivers to do it. */
  @Test
  void signsTimeAndBody() throws Exception {
    handler("secret", "s3cret").handle(SMALL);

    String[] signature = headers.getFirst("X-Email-Monitor-Signature").split(",", -1);
    String time = signature[0].replace("t=", "");
    assertThat(Instant.ofEpochSecond(Long.parseLong(time)))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    HexFormat hex = HexFormat.of();
    String digest = hex.formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
    String expected = hex.formatHex(mac.doFinal((time + "." + digest).getBytes(UTF_8)));
    assertThat(signature[1]).isEqualTo("v1=" + expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void triesAgain_whenTheServerCannotNow(int answer) throws Exception {
    status = answer;
    assertThat(handler().handle(SMALL)).isEqualTo(Outcome.retry("the webhook answered " + answer));

    retryAfter = "120";
    assertThat(handler().handle(SMALL))
        .isEqualTo(Outcome.retryAfter(Duration.ofMinutes(2), "the webhook answered " + answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 422, 302})
  void buries_whatTheServerRefuses(int answer) throws Exception {
    status = answer;

    assertThat(handler().handle(SMALL))
        .isInstanceOfSatisfying(
            Outcome.Bury.class,
            bury -> assertThat(bury.reason()).startsWith("the webhook answered " + answer));
  }

  @Test
  void triesAgain_whenNobodyListens() throws Exception {
    TaskHandler handler = handler();
    server.stop(0);

    assertThat(handler.handle(SMALL))
        .isEqualTo(Outcome.retry("the webhook can't be reached: ConnectException"));
  }

  @Test
  void triesAgain_whenTheAnswerTakesTooLong() throws Exception {
    silent = true;

    assertThat(handler("timeout", "100ms").handle(SMALL))
        .isEqualTo(Outcome.retry("the webhook can't be reached: HttpTimeoutException"));
  }

  @Test
  void sendsNothing_whenTheContentCannotBeRead() {
    String json = new String(Tasks.task("a").json(), UTF_8);
    Attempt damaged =
        TestAttempt.of(json.replaceAll("b64\":\"....", "b64\":\"!!!!").getBytes(UTF_8));

    assertThatThrownBy(() -> handler().handle(damaged)).isInstanceOf(MalformedTaskException.class);
    assertThat(headers).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "99999999999, 86400",
    "'Sun, 01 Mar 2026 10:02:00 GMT', 120",
    "'Sun, 01 Mar 2026 09:00:00 GMT', 0"
  })
  void reads_howLongToWait(String header, long seconds) {
    assertThat(RetryAfter.parse(header, Instant.parse("2026-03-01T10:00:00Z")))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "Sun"})
  void passesOver_whatIsNoTime(String header) {
    assertThat(RetryAfter.parse(header, Instant.EPOCH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"elsewhere/path", "ftp://host/", "http:///x", "http://u:p@host/", "h ttp://x"})
  void refusesOtherAddresses_withoutShowingThem(String url) {
    assertThatThrownBy(() -> handler("url", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WEBHOOK_URL")
        .hasMessageNotContaining(url);
  }
}
