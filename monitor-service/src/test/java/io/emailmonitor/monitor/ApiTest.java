package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all routes, and what the page is shown. */
class ApiTest extends WithApi {
  @Test
  void tellsHowItIs() {
    JsonNode status = SERVER.get("/status").json();

    assertThat(status.at("/status").asText()).isEqualTo("ok");
    assertThat(status.at("/queue").asText()).isEqualTo("todo");
    assertThat(status.at("/polling/next_cycle_at").asText()).isEqualTo("2026-03-01T10:01:00Z");
    assertThat(status.at("/totals/outcomes").toString())
        .isEqualTo("{\"enqueued\":1,\"stored\":0,\"skipped\":1,\"failed\":0}");
    assertThat(status.at("/totals/skipped_by_reason/type-not-wanted").asInt()).isEqualTo(1);
    assertThat(status.at("/mailboxes/0/totals/messages").asInt()).isEqualTo(1);
    assertThat(status.at("/mailboxes/1/parked_reason").asText()).isEqualTo("no licence");
  }

  @Test
  void tellsWhatWaitsForTheQueue() {
    assertThat(SERVER.get("/status").json().at("/waiting").isNull()).isTrue();
    SERVER.backlog =
        Optional.of(new Backlog(3, 4096, FakeIntake.STARTED, 9999, "the disk is full"));

    JsonNode waiting = SERVER.get("/status").json().at("/waiting");
    assertThat(waiting.toString())
        .isEqualTo(
            "{\"tasks\":3,\"bytes\":4096,\"since\":\"2026-03-01T10:00:00Z\",\"max_bytes\":9999,\"problem\":\"the disk is full\"}");
  }

  @Test
  void isDegradedAndSaysWhy_whenACheckIsRed() {
    SERVER.intake.problem = "The poller has stopped";

    JsonNode status = SERVER.get("/status").json();

    assertThat(status.at("/status").asText()).isEqualTo("degraded");
    assertThat(status.at("/checks/poller/healthy").asBoolean()).isFalse();
    assertThat(status.at("/checks/poller/message").asText()).isEqualTo("The poller has stopped");
    Answer health = SERVER.admin("/healthcheck");
    assertThat(health.status()).isEqualTo(500);
    assertThat(health.json().at("/poller/message").asText()).isEqualTo("The poller has stopped");
  }

  @Test
  void showsAPageThatRunsOnlyWhatComesFromHere() {
    Answer page = SERVER.get("/", "Accept: text/html");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'")
        .doesNotContain("unsafe", "http");
    assertThat(page.headers()).containsEntry("x-content-type-options", "nosniff");
    assertThat(page.body()).doesNotContain("company.com", "style=", "onclick", "http");
    Answer script = SERVER.get("/assets/page.js");
    assertThat(script.headers().get("content-type")).startsWith("text/javascript");
    String tag = "If-None-Match: " + script.headers().get("etag");
    assertThat(SERVER.get("/assets/page.js", tag).status()).isEqualTo(304);
    assertProblem(SERVER.get("/assets/page.txt"), 404);
    assertProblem(SERVER.get("/assets/..%2fconfig.yml"), 404);
  }

  @Test
  void tellsAllThatThePageShows_toThoseWhoAsk() {
    TASKS.announce(
        new WorkerPresence(
            "host:1",
            Duration.ofSeconds(90),
            2,
            1,
            List.of(new WorkerPresence.Holding("c1", "a0", 1, Duration.ofSeconds(3)))));

    JsonNode board = SERVER.get("/dashboard").json();

    assertThat(board.at("/state/glance/word").asText()).isEqualTo("attention");
    assertThat(board.at("/state/glance/reasons").toString())
        .contains("1 cannot be read and is parked");
    assertThat(board.at("/state/queue/workers").asInt()).isEqualTo(1);
    assertThat(board.at("/state/totals/enqueued").asInt()).isEqualTo(1);
    assertThat(board.at("/recent/results/0/message_id").asText()).isEqualTo(FakeHistory.ID);
    assertThat(board.at("/mailboxes/counts/parked").asInt()).isEqualTo(1);
    assertThat(board.at("/workers/workers/0/holds/0/filename").asText()).isEqualTo("invoice.pdf");
    assertThat(board.at("/series/interval_seconds").asInt()).isEqualTo(10);
    JsonNode worker = SERVER.get("/redis-queue/workers").json().at("/workers/0");
    assertThat(worker.at("/uptime_ms").asInt()).isEqualTo(90_000);
    assertThat(worker.at("/holds/0/message_id").asText()).isEqualTo(FakeHistory.ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/recent-results?limit=0",
        "/recent-results?limit=1001",
        "/recent-results?limit=x",
        "/recent-results?offset=-1",
        "/redis-queue/peek?count=0",
        "/redis-queue/peek?count=101",
        "/redis-queue/peek?count=many",
        "/email-details",
        "/email-details/%zz",
        "/email-details/%2e%2e/status"
      })
  void answers400_whenTheRequestIsWrong(String target) {
    assertProblem(SERVER.get(target), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/email-details/unknown", "/email-json?id=unknown"})
  void answers404_whenThereIsNoSuchThing(String target) {
    assertProblem(SERVER.get(target), 404);
  }

  @Test
  void answers405_whenTheMethodIsWrong() {
    assertProblem(SERVER.get("/process-now"), 405);
    assertProblem(SERVER.post("/status"), 405);
  }

  @Test
  void answers500WithoutTheInside_whenSomethingUnforeseenHappens() {
    SERVER.intake.failure = new IllegalStateException("secret inside");

    Answer answer = SERVER.post("/process-now");

    assertProblem(answer, 500);
    assertThat(answer.body()).doesNotContain("secret", "Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void refusesToChangeAnything_whenAnotherSiteAsks(String header) {
    assertProblem(SERVER.post("/process-now", header), 403);
    assertThat(SERVER.get("/status", header).status()).isEqualTo(200);
  }

  @Test
  void changesThings_whenItsOwnPageAsks() {
    String origin = "Origin: http://localhost:" + SERVER.port();

    assertThat(SERVER.post("/process-now", origin, "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(202);
  }

  @Test
  void answersOnlyToItsOwnNames_whenItListensOnLoopback() {
    assertProblem(SERVER.get("/status", "Host: evil.example"), 421);
    assertThat(SERVER.admin("/healthcheck", "Host: evil.example").status()).isEqualTo(421);
    assertThat(SERVER.get("/status", "Host: 127.0.0.1:9").status()).isEqualTo(200);
    assertThat(SERVER.get("/status", "Host: [::1]").status()).isEqualTo(200);
  }
}
