package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.Truth.MessageTruth;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs can do to the simulator. */
class ControlTest {

  private static final String BOX = "a@contoso.example";
  private static final String MAILBOX = "/mailboxes/" + BOX;
  private static final String DELTA = "/users/" + BOX + "/mailFolders/inbox/messages/delta";

  private GraphSimulator simulator;
  private GraphClient graph;
  private String control;
  private String id;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().build().start();
    graph = new GraphClient(simulator);
    control = simulator.baseUri().resolve("/_simulator").toString();
    id = simulator.deliver(BOX, "inbox", Mails.plain("one"));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private GraphClient.Answer send(String method, String path, String body) {
    return graph.send(method, control + path, body);
  }

  private MessageTruth message() {
    return simulator.truth().messages().findFirst().orElseThrow();
  }

  @Test
  void movesMarksAndDeletesMessages() {
    String message = MAILBOX + "/messages/" + id;
    assertThat(send("POST", message + "/move", "{\"folder\": \"inbox/Done\"}").status())
        .isEqualTo(204);
    assertThat(simulator.truth().mailboxes().get(0).folders().get(0).path())
        .isEqualTo("inbox/Done");
    assertThat(send("PATCH", message, "{\"isRead\": true}").status()).isEqualTo(204);
    assertThat(graph.json("/users/" + BOX + "/messages/" + id).path("isRead").asBoolean()).isTrue();
    assertThat(send("DELETE", message, "").status()).isEqualTo(204);
    assertThat(simulator.truth().messages()).isEmpty();
    MessageTruth deleted = simulator.truth().mailboxes().get(0).deleted().get(0);
    assertThat(deleted.id()).isEqualTo(id);
    assertThat(deleted.history())
        .extracting(event -> event.kind() + " " + event.folder())
        .containsExactly(
            "arrived inbox", "moved inbox/Done", "changed inbox/Done", "deleted inbox/Done");
    assertThat(send("DELETE", message, "").text()).contains("no message " + id);
  }

  @Test
  void renamesMovesAndDeletesFolders_whoseIdsStay() {
    String folders = MAILBOX + "/folders/";
    String deep = simulator.deliver(BOX, "inbox/Done", Mails.plain("deep"));
    String path = "/users/" + BOX + "/mailFolders";
    String folderId = graph.json(path + "/inbox/childFolders").at("/value/0/id").asText();

    assertThat(send("PATCH", folders + "inbox", "{\"name\": \"Posteingang\"}").status())
        .isEqualTo(204);
    assertThat(graph.json(path + "/inbox").path("displayName").asText()).isEqualTo("Posteingang");
    String moved = folders + "inbox%2FDone/move";
    assertThat(send("POST", moved, "{\"folder\": \"archive\"}").status()).isEqualTo(204);
    assertThat(graph.json(path + "/archive/childFolders").at("/value/0/id").asText())
        .isEqualTo(folderId);
    assertThat(send("PATCH", folders + "archive", "{}").text()).contains("Rechnungen");

    // Another one with the old path is another folder.
    simulator.deliver(BOX, "inbox/Done", Mails.plain("other"));
    assertThat(graph.json(path + "/inbox/childFolders").at("/value/0/id").asText())
        .isNotEqualTo(folderId);
    assertThat(send("DELETE", folders + "archive%2FDone", "").status()).isEqualTo(204);
    assertThat(graph.get(path + "/" + folderId + "/messages/delta").status()).isEqualTo(404);
    assertThat(graph.get("/users/" + BOX + "/messages/" + deep).status()).isEqualTo(404);
    assertThat(simulator.truth().messages()).hasSize(2);
  }

  @Test
  void addsAttachmentsLater_andTheMessageCountsAsChanged() {
    String link = graph.round(DELTA, GraphClient.IMMUTABLE).deltaLink();
    GraphClient.Answer added =
        graph.send(
            "POST",
            control + MAILBOX + "/messages/" + id + "/attachments?name=late%20one.pdf",
            "%PDF",
            "Content-Type: application/pdf");
    assertThat(added.status()).isEqualTo(201);
    JsonNode changed = graph.round(link, GraphClient.IMMUTABLE).items().get(0);
    assertThat(changed.path("hasAttachments").asBoolean()).isTrue();
    assertThat(message().attachments()).hasSize(1);
    assertThat(message().attachments().get(0).name()).isEqualTo("late one.pdf");
    assertThat(message().history()).extracting(Truth.EventTruth::kind).endsWith("attached");
    String attachment = added.json().path("id").asText();
    assertThat(message().attachments().get(0).id()).isEqualTo(attachment);
    GraphClient.Answer value =
        graph.get("/users/" + BOX + "/messages/" + id + "/attachments/" + attachment + "/$value");
    assertThat(value.text()).isEqualTo("%PDF");
    assertThat(value.header("Content-Type")).isEqualTo("application/pdf");
  }

  @Test
  void addsListsAndRemovesFaults() {
    GraphClient.Answer added =
        send("POST", "/faults", "{\"effect\": {\"type\": \"error\", \"code\": \"UnknownError\"}}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(graph.get(DELTA).status()).isEqualTo(504);
    JsonNode active = graph.json(control + "/faults").get(0);
    assertThat(active.path("befallen").asInt()).isEqualTo(1);
    assertThat(active.at("/fault/effect/status").asInt()).isEqualTo(504);
    String fault = "/faults/" + added.json().path("id").asText();
    assertThat(send("DELETE", fault, "").status()).isEqualTo(204);
    assertThat(send("DELETE", fault, "").status()).isEqualTo(404);
    assertThat(graph.get(DELTA).status()).isEqualTo(200);
    send("POST", "/faults", "{\"effect\": {\"type\": \"reset\"}}");
    assertThat(send("DELETE", "/faults", "").status()).isEqualTo(204);
    assertThat(graph.get(DELTA).status()).isEqualTo(200);
  }

  @Test
  void expiresDeltaLinks() {
    String link = graph.round(DELTA).deltaLink();
    assertThat(send("POST", MAILBOX + "/folders/inbox/expireDeltaLinks", "").status())
        .isEqualTo(204);
    assertThat(graph.get(link).status()).isEqualTo(410);
  }

  @Test
  void expiresTokens() {
    String login = simulator.authorityHost() + "/contoso.example/oauth2/v2.0/token";
    String form =
        "grant_type=client_credentials&client_id=simulator&client_secret=simulator-secret"
            + "&scope=https://graph.microsoft.com/.default";
    String token = graph.send("POST", login, form).json().path("access_token").asText();
    assertThat(graph.json(control + "/tokens").path("issued").asInt()).isEqualTo(1);
    assertThat(graph.with(token, DELTA).status()).isEqualTo(200);
    assertThat(send("POST", "/tokens/expire", "").status()).isEqualTo(204);
    assertThat(graph.with(token, DELTA).status()).isEqualTo(401);
  }

  @Test
  void putsTheClockForward() {
    Instant before = simulator.now();
    JsonNode answer = send("POST", "/clock", "{\"advance\": \"2h\"}").json();
    assertThat(Instant.parse(answer.path("now").asText())).isAfter(before.plusSeconds(7199));
    String later = simulator.deliver(BOX, "inbox", Mails.plain("later"));
    String received =
        graph.json("/users/" + BOX + "/messages/" + later).path("receivedDateTime").asText();
    assertThat(Instant.parse(received)).isAfter(before.plusSeconds(7190));
  }

  @Test
  void tellsWhatWasAsked() {
    graph.get(DELTA);
    JsonNode counts = graph.json(control + "/requests").path(BOX);
    assertThat(counts.path("requests").asInt()).isEqualTo(1);
    assertThat(counts.path("maxInFlight").asInt()).isEqualTo(1);
    assertThat(counts.path("refused").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /faults | {\"effect\": {\"type\": \"explode\"}} | explode",
        "POST | /faults | nonsense | nonsense",
        "POST | /clock | {} | advance",
        "POST | /mailboxes/nobody@contoso.example/messages/x/move | {\"folder\":\"a\"} | no mailbox",
        "POST | /mailboxes/a@contoso.example/messages/x/move | {} | folder",
        "PATCH | /mailboxes/a@contoso.example/messages/x | {} | isRead",
        "POST | /mailboxes/a@contoso.example/messages/x/attachments | a | ?name=",
        "POST | /mailboxes/nobody/folders/inbox/messages | a | address",
      })
  void saysWhatIsWrong(String method, String path, String body, String reason) {
    GraphClient.Answer answer = send(method, path, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).contains(reason);
  }

  @Test
  void saysWhatThereIs() {
    assertThat(send("GET", "", "").json().path("error").asText())
        .contains("GET /_simulator/truth", "POST /_simulator/faults");
  }
}
