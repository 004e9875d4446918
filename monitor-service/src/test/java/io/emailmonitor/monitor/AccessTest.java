package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
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
  @ValueSource(strings = {"/", "/status", "/recent-results", "/redis-queue/health", "/nowhere"})
  void asksForTheToken_onEveryRoute(String target) {
    ApiServer.Answer answer = SERVER.get(target);

    ApiTest.assertProblem(answer, 401);
    assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong-token", "Bearer", "Basic right-token", "right-token"})
  void refusesOtherCredentials(String credentials) {
    ApiTest.assertProblem(SERVER.get("/status", "Authorization: " + credentials), 401);
    ApiTest.assertProblem(SERVER.post("/process-now", "Authorization: " + credentials), 401);
  }

  @Test
  void answers_whenTheTokenIsRight() {
    assertThat(SERVER.get("/status", "Host: monitor.example", BEARER).status()).isEqualTo(200);
    assertThat(SERVER.post("/process-now", BEARER).status()).isEqualTo(200);
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
      ApiTest.assertProblem(answer, 409);
      assertThat(answer.body()).contains("USE_REDIS_QUEUE=true");
    }
    ApiTest.assertProblem(SERVER.post("/redis-queue/clear", BEARER), 409);
  }
}
