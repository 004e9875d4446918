package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.emailmonitor.monitor.ApiServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class AccessTest {
  private static final String TOKEN = "{\"token\":\"right-token\"}";
  private static final String OWN_PAGE = "Sec-Fetch-Site: same-origin";
  private static final String BEARER = "Authorization: Bearer right-token";
  private static final ApiServer SERVER =
      new ApiServer(
          Optional.empty(),
          Map.of("HTTP_HOST", "0.0.0.0", "ADMIN_HOST", "0.0.0.0", "API_TOKEN", "right-token"));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/status",
        "/events",
        "/dashboard",
        "/assets",
        "/assets/../status",
        "/recent-results",
        "/redis-queue/health",
        "/nowhere"
      })
  void asksForTheToken_onEveryRoute(String target) {
    ApiServer.Answer answer = SERVER.get(target);

    WithApi.assertProblem(answer, 401);
    assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/page.js", "/assets/page.css"})
  void showsThePageItselfToEverybody_whichHoldsNothing(String target) {
    assertThat(SERVER.get(target, "Host: monitor.example").status()).isEqualTo(200);
    WithApi.assertProblem(SERVER.post(target), 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong-token", "Bearer", "Basic right-token", "right-token"})
  void refusesOtherCredentials(String credentials) {
    WithApi.assertProblem(SERVER.get("/status", "Authorization: " + credentials), 401);
    WithApi.assertProblem(SERVER.post("/process-now", "Authorization: " + credentials), 401);
  }

  @Test
  void answers_whenTheTokenIsRight() {
    assertThat(SERVER.get("/status", "Host: monitor.example", BEARER).status()).isEqualTo(200);
    assertThat(SERVER.post("/process-now", BEARER).status()).isEqualTo(202);
  }

  @Test
  void asksForTheTokenOnTheAdminPortToo() {
    assertThat(SERVER.admin("/metrics").status()).isEqualTo(401);
    assertThat(SERVER.admin("/metrics", BEARER).status()).isEqualTo(200);
  }

  @Test
  void saysThatTheQueueIsOff_whenItIs() {
    assertThat(SERVER.get("/redis-queue/status", BEARER).json().at("/enabled").asBoolean(true))
        .isFalse();
    for (String route : new String[] {"stats", "peek", "health"}) {
      ApiServer.Answer answer = SERVER.get("/redis-queue/" + route, BEARER);
      WithApi.assertProblem(answer, 409);
      assertThat(answer.body()).contains("USE_REDIS_QUEUE=true");
    }
    WithApi.assertProblem(SERVER.post("/redis-queue/clear", BEARER), 409);
  }

  @Test
  void signsABrowserIn_andOut() {
    Answer in = SERVER.postJson("/sign-in", TOKEN, OWN_PAGE);
    assertThat(in.status()).isEqualTo(204);
    String cookie = in.header("set-cookie");
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure", "right-token");
    String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));

    assertThat(SERVER.get("/status", session).status()).isEqualTo(200);
    assertThat(SERVER.get("/sign-in", session).body())
        .isEqualTo("{\"required\":true,\"signed_in\":true}");
    assertThat(SERVER.post("/process-now", session, OWN_PAGE).status()).isEqualTo(202);
    WithApi.assertProblem(SERVER.post("/process-now", session), 403);
    WithApi.assertProblem(
        SERVER.post("/process-now", session, "Origin: https://evil.example"), 403);

    Answer out = SERVER.post("/sign-out", session, OWN_PAGE);
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("set-cookie")).contains("Max-Age=0");
    WithApi.assertProblem(SERVER.get("/status", session), 401);
    assertThat(SERVER.get("/sign-in", session).body())
        .isEqualTo("{\"required\":true,\"signed_in\":false}");
  }

  @Test
  void keepsTheCookieToEncryptedConnections_whenAProxyEncrypts() {
    Answer in = SERVER.postJson("/sign-in", TOKEN, OWN_PAGE, "X-Forwarded-Proto: https");

    assertThat(in.header("set-cookie")).endsWith("; Secure");
  }

  @Test
  void signsNobodyIn_withAnythingElse() {
    WithApi.assertProblem(SERVER.postJson("/sign-in", "{\"token\":\"other\"}"), 401);
    for (String body : new String[] {"", "{", "[]", "null", "{\"token\":1}", "{}", "\"x\""}) {
      WithApi.assertProblem(SERVER.postJson("/sign-in", body), 400);
    }
    WithApi.assertProblem(SERVER.post("/sign-in", "Content-Type: text/plain"), 415);
    WithApi.assertProblem(SERVER.postJson("/sign-in", TOKEN, "Origin: https://evil.example"), 403);
    WithApi.assertProblem(SERVER.get("/status", "Cookie: email_monitor_session=x"), 401);
  }

  @Test
  void looksAtNoFurtherToken_whenTooManyWereWrong() {
    try (ApiServer server = new ApiServer(Optional.empty(), Map.of("API_TOKEN", "right-token"))) {
      for (int i = 0; i < 5; i++) {
        // Where no proxy is believed, this hides nobody.
        String from = "X-Forwarded-For: 203.0.113." + i;
        WithApi.assertProblem(server.get("/status", "Authorization: Bearer wrong-" + i, from), 401);
        WithApi.assertProblem(server.postJson("/sign-in", "{\"token\":\"wrong-" + i + "\"}"), 401);
      }
      Answer refused = server.get("/status", BEARER);
      WithApi.assertProblem(refused, 429);
      assertThat(refused.headers()).containsEntry("retry-after", "60");
      WithApi.assertProblem(server.postJson("/sign-in", TOKEN), 429);
      assertThat(server.admin("/healthcheck").status()).isEqualTo(200);
    }
  }

  /** As in a container, whose ports are published on loopback. */
  @Test
  void answersOnlyUnderTheNamesThatItIsGiven_alsoWhereverItListens() {
    Map<String, String> settings =
        Map.of(
            "HTTP_HOST", "0.0.0.0",
            "ADMIN_HOST", "0.0.0.0",
            "ALLOW_ANONYMOUS", "true",
            "ALLOWED_HOSTS", "Monitor.example, monitor-service");
    try (ApiServer server = new ApiServer(Optional.empty(), settings)) {
      for (String name :
          List.of(
              "monitor.example",
              "MONITOR.example.:80",
              "monitor-service:8081",
              "localhost:8000",
              "172.18.0.4:8081",
              "[fe80::1]:8000")) {
        assertThat(server.get("/status", "Host: " + name).status()).as(name).isEqualTo(200);
        assertThat(server.admin("/ping", "Host: " + name).status()).as(name).isEqualTo(200);
      }
      for (String name :
          List.of(
              "evil.example", "monitor.example.evil.example", "127.0.0.1.evil.example", "::1")) {
        Answer refused = server.get("/status", "Host: " + name);
        assertThat(refused.status()).as(name).isIn(400, 421);
        WithApi.assertProblem(refused, refused.status());
        assertThat(refused.body()).doesNotContain(name);
        assertThat(server.admin("/ping", "Host: " + name).status()).as(name).isIn(400, 421);
        assertThat(server.post("/process-now", "Host: " + name, "Origin: http://" + name).status())
            .isIn(400, 421);
      }
    }
  }

  @Test
  void answersUnderAnyName_whenAProxyStandsBeforeIt() {
    assertThat(SERVER.get("/status", "Host: monitor.example", BEARER).status()).isEqualTo(200);
  }

  @Test
  void countsWrongTokensByWhoSentThem_whenTheProxyBeforeItIsBelieved() {
    MonitorConfiguration settings = ApiServer.configuration(Map.of("API_TOKEN", "right-token"));
    settings.server().getApplicationConnectors().stream()
        .map(HttpConnectorFactory.class::cast)
        .forEach(http -> http.setUseForwardedHeaders(true));
    try (ApiServer server = new ApiServer(Optional.empty(), settings)) {
      String stranger = "X-Forwarded-For: 203.0.113.7";
      for (int i = 0; i < 10; i++) {
        String wrong = "Authorization: Bearer wrong-" + i;
        WithApi.assertProblem(server.get("/status", wrong, stranger), 401);
      }
      WithApi.assertProblem(server.get("/status", BEARER, stranger), 429);
      assertThat(server.get("/status", BEARER, "X-Forwarded-For: 203.0.113.8").status())
          .isEqualTo(200);

      String[] ofProxy = {
        BEARER,
        "X-Forwarded-For: 203.0.113.8",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: monitor.example",
        "Origin: https://monitor.example"
      };
      assertThat(server.post("/process-now", ofProxy).status()).isEqualTo(202);
      ofProxy[4] = "Origin: https://evil.example";
      WithApi.assertProblem(server.post("/process-now", ofProxy), 403);
    }
  }

  @Test
  void writesDownWhoChangedWhat_andWhoMayNot() throws InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    AppenderBase<ILoggingEvent> audit =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
          }
        };
    audit.start();
    Logger logger = (Logger) LoggerFactory.getLogger("audit");
    logger.addAppender(audit);
    try {
      SERVER.get("/status", BEARER);
      SERVER.post("/process-now?wait=1ms", BEARER);
      awaitLine(lines, "token from 127.0.0.1: POST /process-now: 200, job .+");
      SERVER.post("/redis-queue/clear%20now", "Authorization: Bearer not-the-token");
      awaitLine(lines, "anonymous from 127.0.0.1: POST /redis-queue/clear%20now: refused with 401");
      SERVER.postJson("/sign-in", TOKEN);
      awaitLine(lines, "anonymous from 127.0.0.1: POST /sign-in: 204, signed in");
    } finally {
      logger.detachAppender(audit);
    }
  }

  /** Lines come after the answers, and those of other tests may come before. */
  private static void awaitLine(BlockingQueue<String> lines, String pattern)
      throws InterruptedException {
    String line = "";
    while (line != null && !line.matches(pattern)) {
      assertThat(line).doesNotContain("GET ");
      line = lines.poll(30, TimeUnit.SECONDS);
    }
    assertThat(line).as(pattern).isNotNull();
  }
}
