package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ApiServer.Answer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is done because somebody asks for it. */
class JobApiTest extends WithApi {
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
}
