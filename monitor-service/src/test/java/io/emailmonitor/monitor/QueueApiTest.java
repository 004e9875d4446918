package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.queue.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes of the queue show and do. */
class QueueApiTest extends WithApi {
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
    assertProblem(SERVER.post("/redis-queue/clear?expected=-1"), 400);
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
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stats", "peek", "health"})
  void answers503WithTheReason_whenRedisIsDown(String route) {
    TASKS.setUnavailable(true);

    assertProblem(SERVER.get("/redis-queue/" + route), 503);
  }
}
