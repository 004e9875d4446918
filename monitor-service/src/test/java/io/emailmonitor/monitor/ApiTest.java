package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private static final QueueSettings QUEUE = QueueSettings.named("todo");
  private static final InMemoryTaskQueue TASKS = new InMemoryTaskQueue(QUEUE, Clock.systemUTC());
  private static final ApiServer SERVER =
      new ApiServer(
          Optional.of(new InspectedQueue(TASKS, QUEUE, "redis://example:6379/0")), Map.of());
  private static final String ENCODED_ID =
      URLEncoder.encode(FakeHistory.ID, StandardCharsets.UTF_8);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @AfterEach
  void recover() {
    TASKS.setUnavailable(false);
    TASKS.clear();
    SERVER.intake.failure = null;
    SERVER.intake.problem = null;
    SERVER.intake.dead = null;
    SERVER.intake.mayEnd = new CountDownLatch(0);
    SERVER.backlog = Optional.empty();
    SERVER.mailSource.failure = null;
  }

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
    assertThat(board.at("/state/glance/reasons").toString()).contains("1 is parked");
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

  @Test
  void listsDeadTasks_andDoesWithThemWhatIsAsked() {
    for (int i = 0; i < 3; i++) {
      TASKS.enqueue(Tasks.tasks("dead" + i, 1));
      TASKS.bury(TASKS.claim().orElseThrow(), "not a PDF");
    }

    JsonNode page = SERVER.get("/redis-queue/dead?offset=1&limit=1").json();

    assertThat(page.at("/tasks").size()).isEqualTo(1);
    JsonNode dead = page.at("/tasks/0");
    assertThat(dead.at("/reason").asText()).isEqualTo("not a PDF");
    assertThat(dead.at("/task/task_id").asText()).isEqualTo("dead10");
    assertThat(dead.has("attachment_content_b64")).isFalse();
    String address = "/redis-queue/dead/" + dead.at("/claim_id").asText();
    assertThat(SERVER.post(address + "/redrive").json().at("/outcome").asText())
        .isEqualTo("redriven");
    assertProblem(SERVER.post(address + "/redrive"), 404);
    String last = SERVER.get("/redis-queue/dead").json().at("/tasks/0/claim_id").asText();
    assertProblem(SERVER.post("/redis-queue/dead/" + last + "/discard", "Origin: http://x"), 403);
    assertThat(SERVER.post("/redis-queue/dead/" + last + "/discard").status()).isEqualTo(200);
    assertThat(TASKS.stats().dead()).isEqualTo(1);
    assertProblem(SERVER.get("/redis-queue/dead?limit=101"), 400);
    assertProblem(SERVER.get(address + "/redrive"), 405);
  }

  @Test
  void listsMailboxes_andFindsMessages() {
    JsonNode page = SERVER.get("/mailboxes?offset=1&limit=5").json();
    assertThat(page.at("/counts/watched").asInt()).isEqualTo(2);
    assertThat(page.at("/mailboxes/0/parked_reason").asText()).isEqualTo("no licence");
    assertThat(SERVER.get("/mailboxes?q=a@").json().at("/mailboxes").size()).isEqualTo(1);
    assertProblem(SERVER.get("/mailboxes?limit=0"), 400);

    assertThat(SERVER.get("/recent-results?q=more").json().at("/results").size()).isEqualTo(1);
    assertThat(SERVER.get("/recent-results?q=less").json().at("/results").size()).isZero();
    assertProblem(SERVER.get("/recent-results?outcome=lost"), 400);
  }

  @Test
  void answersAtOnceWithAJobToFollow_whenToldToProcessNow() {
    SERVER.intake.mayEnd = new CountDownLatch(1);

    Answer answer = SERVER.post("/process-now");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/kind").asText()).isEqualTo("process-now");
    String location = answer.header("location");
    assertThat(location).isEqualTo("/jobs/" + answer.json().at("/id").asText());
    JsonNode running = SERVER.get(location).json();
    assertThat(running.at("/state").asText()).isEqualTo("running");
    assertThat(running.at("/mailboxes").toString()).isEqualTo("{\"done\":1,\"total\":2}");
    assertThat(running.at("/counts/attachments").asInt()).isEqualTo(5);
    assertThat(running.at("/finished_at").isNull()).isTrue();

    SERVER.intake.mayEnd.countDown();
    JsonNode done = SERVER.get(location).json();
    assertThat(done.at("/state").asText()).isEqualTo("done");
    assertThat(done.at("/mailboxes").toString()).isEqualTo("{\"done\":2,\"total\":2}");
    assertThat(done.at("/counts/attachments").asInt()).isEqualTo(6);
    assertThat(done.at("/errors").toString())
        .isEqualTo("[\"x.org is unknown\",\"b@company.com: throttled\"]");
    assertThat(SERVER.get("/jobs").json().at("/jobs/0/id")).isEqualTo(done.at("/id"));
    assertProblem(SERVER.get("/jobs/nonsense"), 404);
  }

  @Test
  void waitsForTheEnd_whenToldHowLong() {
    Answer answer = SERVER.post("/process-now?wait=30s");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode result = answer.json().at("/result");
    assertThat(result.at("/started_at").asText()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(result.at("/duration_ms").asInt()).isEqualTo(1500);
    assertThat(result.at("/messages").asInt()).isEqualTo(3);
    assertThat(result.at("/enqueued").asInt()).isEqualTo(4);
    assertThat(result.at("/mailboxes/1/paused").asText()).isEqualTo("throttled");
    assertThat(result.at("/problems/0").asText()).isEqualTo("x.org is unknown");

    SERVER.intake.mayEnd = new CountDownLatch(1);
    assertThat(SERVER.post("/process-now?wait=1ms").status()).isEqualTo(202);
    for (String wrong : new String[] {"30", "soon", "-1s", "6m"}) {
      assertProblem(SERVER.post("/process-now?wait=" + wrong), 400);
    }
  }

  @Test
  void saysThatNothingWillHappen_whenTheIntakeIsDead() {
    SERVER.intake.dead = "the intake is not running";

    assertProblem(SERVER.post("/process-now"), 503);
    assertThat(SERVER.get("/jobs").json().at("/jobs/0/state").asText()).isEqualTo("failed");
  }

  @Test
  void comparesMailboxesWithTheLedger_whenToldToReconcile() {
    assertThat(SERVER.post("/reconcile").json().at("/counts/messages").asInt()).isEqualTo(3);
    assertThat(SERVER.intake.reconciledSince).isNull();
    SERVER.post("/reconcile?since=2026-01-31");
    assertThat(SERVER.intake.reconciledSince).isEqualTo("2026-01-31T00:00:00Z");
    SERVER.post("/reconcile?since=2026-01-31T09:30:00%2B01:00");
    assertThat(SERVER.intake.reconciledSince).isEqualTo("2026-01-31T08:30:00Z");

    assertProblem(SERVER.post("/reconcile?since=yesterday"), 400);
    assertProblem(SERVER.post("/reconcile", "Origin: https://evil.example"), 403);
    JsonNode reconciled = SERVER.get("/status").json().at("/mailboxes/0/reconciled");
    assertThat(reconciled.at("/missing").asInt()).isEqualTo(2);
    assertThat(reconciled.at("/late").asInt()).isEqualTo(1);
  }

  @Test
  void listsRecentResults_withOutcomeAndReasonOfEveryAttachment() {
    JsonNode recent = SERVER.get("/recent-results?limit=1000").json();

    assertThat(recent.at("/limit").asInt()).isEqualTo(1000);
    assertThat(recent.at("/results/0/message_id").asText()).isEqualTo(FakeHistory.ID);
    assertThat(recent.at("/results/0/subject").asText()).isEqualTo(FakeHistory.SUBJECT);
    JsonNode attachments = recent.at("/results/0/attachments");
    assertThat(attachments.at("/0/outcome").asText()).isEqualTo("enqueued");
    assertThat(attachments.at("/0/task_id").asText()).isEqualTo("a_b_c");
    assertThat(attachments.at("/1/outcome").asText()).isEqualTo("skipped");
    assertThat(attachments.at("/1/reason").asText()).isEqualTo("type-not-wanted");
    assertThat(attachments.at("/0/processing/outcome").asText()).isEqualTo("done");
    assertThat(attachments.at("/0/processing/attempt").asInt()).isEqualTo(2);
    assertThat(attachments.at("/0/processing/worker").asText()).isEqualTo("host:1");
    assertThat(attachments.at("/0/processing/duration_ms").asLong()).isEqualTo(42);
    assertThat(attachments.at("/0/processing/reason").isNull()).isTrue();
    assertThat(attachments.at("/0/processing/at").asText()).isNotEmpty();
    assertThat(attachments.at("/1/processing").isNull()).isTrue();
  }

  @Test
  void tellsHowFarAMessageIs_withWhatIsDoneWithItAfterwards() {
    JsonNode followUp = SERVER.get("/email-details/" + ENCODED_ID).json().at("/follow_up");

    assertThat(followUp.toString())
        .isEqualTo(
            "{\"state\":\"waiting\",\"attempts\":2,\"next_attempt_at\":\"2026-03-01T10:00:00Z\","
                + "\"problem\":\"Graph does not answer\"}");
  }

  @Test
  void findsAMessage_howeverItsIdIsGiven() {
    String path = FakeHistory.ID.replace("%", "%25");
    for (String target :
        new String[] {
          "/email-details/" + ENCODED_ID,
          "/email-details/" + path,
          "/email-details?id=" + ENCODED_ID,
          "/email-json/" + ENCODED_ID,
          "/email-json?id=" + ENCODED_ID
        }) {
      Answer answer = SERVER.get(target);
      assertThat(answer.status()).as(target).isEqualTo(200);
      assertThat(answer.json().at("/message_id").asText()).as(target).isEqualTo(FakeHistory.ID);
    }
  }

  @Test
  void showsTheBody_whenTheMailSystemAnswers() {
    JsonNode mail = SERVER.get("/email-json/" + ENCODED_ID).json();

    assertThat(mail.at("/body_text").asText())
        .isEqualTo("Body of " + FakeHistory.ID + " in a@company.com");
    assertThat(mail.at("/body_problem").isNull()).isTrue();
    assertThat(mail.at("/attachments/0/filename").asText()).isEqualTo("invoice.pdf");
  }

  @Test
  void saysWhyThereIsNoBody_whenTheMailSystemIsDown() {
    SERVER.mailSource.failure =
        new MailSourceException(
            MailSourceException.Kind.UNAVAILABLE, "Graph does not answer", null, null);

    JsonNode mail = SERVER.get("/email-json/" + ENCODED_ID).json();

    assertThat(mail.at("/body_text").isNull()).isTrue();
    assertThat(mail.at("/body_problem").asText()).isEqualTo("Graph does not answer");
  }

  @Test
  void describesWaitingTasks_withoutTheirContent() {
    TASKS.enqueue(Tasks.tasks("t", 3));

    JsonNode peek = SERVER.get("/redis-queue/peek?count=2").json();

    assertThat(peek.at("/count").asInt()).isEqualTo(2);
    assertThat(peek.at("/tasks/0/task_id").asText()).isEqualTo("t0");
    assertThat(peek.at("/tasks/0/task_bytes").asInt()).isPositive();
    assertThat(peek.toString()).doesNotContain("content of", "attachment_content_b64");
    assertThat(SERVER.get("/redis-queue/stats").json().at("/queue_length").asInt()).isEqualTo(3);
    assertThat(SERVER.get("/redis-queue/status").json().at("/queue_length").asInt()).isEqualTo(3);
    assertThat(SERVER.get("/redis-queue/health").status()).isEqualTo(200);
  }

  @Test
  void saysHowManyTasksItRemoved_whenTheQueueIsCleared() {
    TASKS.enqueue(Tasks.tasks("c", 3));

    assertThat(SERVER.post("/redis-queue/clear").body())
        .isEqualTo("{\"queue_name\":\"todo\",\"removed\":3}");
    assertThat(TASKS.stats().waiting()).isZero();
  }

  @Test
  void clearsNothing_whenTheQueueIsNotAsTheCallerSawIt() {
    TASKS.enqueue(Tasks.tasks("e", 3));

    Answer refused = SERVER.post("/redis-queue/clear?expected=2");
    assertProblem(refused, 409);
    assertThat(refused.json().at("/queue_length").asInt()).isEqualTo(3);
    assertProblem(SERVER.post("/redis-queue/clear?expected=all"), 400);
    assertThat(TASKS.stats().waiting()).isEqualTo(3);
    assertThat(SERVER.post("/redis-queue/clear?expected=3").json().at("/removed").asInt())
        .isEqualTo(3);
  }

  @Test
  void saysHowManyTasksAreBackOnTheList_whenTheQueueIsDrained() {
    TASKS.enqueue(Tasks.tasks("d", 2));
    TASKS.bury(TASKS.claim().orElseThrow(), "not a PDF");

    assertThat(SERVER.post("/redis-queue/drain").body())
        .isEqualTo("{\"queue_name\":\"todo\",\"returned\":1}");
    assertThat(TASKS.stats().waiting()).isEqualTo(2);
    TASKS.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stats", "peek", "health"})
  void answers503WithTheReason_whenRedisIsDown(String route) {
    TASKS.setUnavailable(true);

    assertProblem(SERVER.get("/redis-queue/" + route), 503);
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

  static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
    assertThat(answer.json().at("/title").asText()).isNotEmpty();
    assertThat(answer.json().at("/detail").asText()).isNotEmpty();
    assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
  }
}
