package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import org.junit.jupiter.api.Test;

/** What the routes of mailboxes and messages show. */
class MailApiTest extends WithApi {
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
}
