package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.Truth.MessageTruth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSimulatorTest {

  private static final String BOX = "a@contoso.example";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void asksForTheToken() throws Exception {
    try (GraphSimulator simulator = GraphSimulator.builder().token("secret").build().start()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(simulator.baseUri() + "/users"));
      for (HttpRequest refused :
          List.of(
              request.build(), request.copy().header("Authorization", "Bearer other").build())) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(refused, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
            .startsWith("Bearer ");
        assertThat(answer.body()).contains("InvalidAuthenticationToken");
      }
    }
  }

  @Test
  void answersErrorsInGraphsShape() throws IOException {
    try (GraphSimulator simulator = GraphSimulator.builder().build().start()) {
      GraphClient graph = new GraphClient(simulator);
      GraphClient.Answer answer = graph.get("/nothing", "client-request-id: mine");
      JsonNode error = answer.json().path("error");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(error.path("code").asText()).isEqualTo("BadRequest");
      assertThat(error.path("message").asText()).contains("segment 'nothing'");
      assertThat(error.at("/innerError/request-id").asText())
          .isEqualTo(answer.header("request-id"))
          .isNotEmpty();
      assertThat(answer.header("client-request-id")).isEqualTo("mine");
      assertThat(error.at("/innerError/date").asText()).hasSize(19).doesNotContain("Z");
      assertThat(answer.header("Date")).isNotEmpty();
      assertThat(graph.send("PUT", "/users", "{}").status()).isEqualTo(405);
    }
  }

  @Test
  void servesAFolderOfFiles(@TempDir Path data) throws IOException {
    write(data.resolve(BOX + "/inbox/2.eml"), dated("second", "Tue, 6 Jan 2026 10:00:00 +0100"));
    write(data.resolve(BOX + "/inbox/1.eml"), dated("third", "Wed, 7 Jan 2026 10:00:00 +0100"));
    write(data.resolve(BOX + "/first.eml"), dated("first", "Mon, 5 Jan 2026 10:00:00 +0100"));
    write(data.resolve(BOX + "/Inbox/Sub/x.eml"), Mails.plain("sub"));
    write(data.resolve(BOX + "/notes.txt"), Mails.plain("no mail"));
    write(data.resolve("_groups.json"), Mails.eml("{\"g@contoso.example\":[\"" + BOX + "\"]}"));
    try (GraphSimulator simulator = GraphSimulator.builder().data(data).build().start()) {
      Truth truth = simulator.truth();
      assertThat(truth.mailboxes()).hasSize(1);
      assertThat(truth.mailboxes().get(0).folders())
          .extracting(Truth.FolderTruth::path)
          .containsExactly("inbox", "inbox/Sub");
      assertThat(truth.mailboxes().get(0).folders().get(0).messages())
          .extracting(MessageTruth::subject)
          .containsExactly("first", "second", "third");
      assertThat(truth.messages().findFirst().orElseThrow().received())
          .isEqualTo("2026-01-05T09:00:00Z");
      JsonNode groups = new GraphClient(simulator).json("/groups");
      assertThat(groups.at("/value/0/mail").asText()).isEqualTo("g@contoso.example");
    }
  }

  @Test
  void givesTheSameIds_whenItIsStartedAgain(@TempDir Path data) throws IOException {
    write(data.resolve(BOX + "/inbox/1.eml"), Mails.withFile("x", "a.pdf", new byte[] {1, 2}));
    Truth first;
    try (GraphSimulator simulator = GraphSimulator.builder().data(data).build().start()) {
      first = simulator.truth();
    }
    try (GraphSimulator simulator = GraphSimulator.builder().data(data).build().start()) {
      assertThat(simulator.truth()).isEqualTo(first);
    }
  }

  @Test
  void takesNewFilesAsNewMail(@TempDir Path data) throws IOException {
    Files.createDirectories(data.resolve(BOX));
    GraphSimulator.Builder builder =
        GraphSimulator.builder()
            .data(data)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .dataPollInterval(Duration.ofMillis(20));
    try (GraphSimulator simulator = builder.build().start()) {
      GraphClient graph = new GraphClient(simulator);
      String inbox = "/users/" + BOX + "/mailFolders/inbox/messages/delta";
      String link = graph.round(inbox).deltaLink();
      write(data.resolve(BOX + "/inbox/new.eml"), dated("new", "Mon, 5 Jan 2015 10:00:00 +0100"));
      await(() -> simulator.truth().messages().count() == 1);
      JsonNode message = graph.round(link).items().get(0);
      assertThat(message.path("subject").asText()).isEqualTo("new");
      assertThat(message.path("receivedDateTime").asText()).isEqualTo(NOW.toString());
    }
  }

  @Test
  void failsToStart_sayingWhichFolderIsMissing(@TempDir Path data) throws IOException {
    try (GraphSimulator simulator =
        GraphSimulator.builder().data(data.resolve("nowhere")).build()) {
      assertThatThrownBy(simulator::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void takesMailAndTellsTheTruth_overHttp() throws Exception {
    try (GraphSimulator simulator = GraphSimulator.builder().build().start()) {
      String control = simulator.baseUri().resolve("/_simulator").toString();
      HttpClient http = HttpClient.newHttpClient();
      byte[] eml = Mails.withFile("by http", "a.pdf", new byte[] {1, 2, 3});
      HttpResponse<String> posted =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          control + "/mailboxes/" + BOX + "/folders/inbox%2FNew%20ones/messages"))
                  .POST(BodyPublishers.ofByteArray(eml))
                  .build(),
              BodyHandlers.ofString());
      assertThat(posted.statusCode()).isEqualTo(201);
      HttpResponse<String> truth =
          http.send(
              HttpRequest.newBuilder(URI.create(control + "/truth")).build(),
              BodyHandlers.ofString());
      MessageTruth message = simulator.truth().messages().findFirst().orElseThrow();
      assertThat(posted.body()).contains(message.id());
      assertThat(truth.body())
          .contains(
              message.id(), "\"path\":\"inbox/New ones\"", "\"name\":\"a.pdf\"", "\"size\":3");
    }
  }

  @Test
  void keepsDeliveringNewMail() throws IOException {
    GraphSimulator.Builder builder =
        GraphSimulator.builder().samples().newMailEvery(Duration.ofMillis(10));
    try (GraphSimulator simulator = builder.build().start()) {
      await(
          () ->
              simulator
                      .truth()
                      .messages()
                      .filter(message -> message.source().startsWith("delivery"))
                      .count()
                  >= 5);
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static byte[] dated(String subject, String date) {
    return Mails.eml("Date: " + date + "\r\nSubject: " + subject + "\r\n\r\nHello");
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
