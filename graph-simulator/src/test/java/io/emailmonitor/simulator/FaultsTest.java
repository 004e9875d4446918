package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Effect.GraphError;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.FaultJson;
import io.emailmonitor.simulator.fault.Faults;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.fault.When;
import io.emailmonitor.simulator.graph.PageQuirk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private static final String BOX = "a@contoso.example";
  private static final String OTHER = "b@contoso.example";
  private static final String MESSAGES = "/users/" + BOX + "/messages";
  private static final String DELTA = "/users/" + BOX + "/mailFolders/inbox/messages/delta";

  private GraphSimulator simulator;
  private GraphClient graph;
  private String id;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().build().start();
    graph = new GraphClient(simulator);
    id = simulator.deliver(BOX, "inbox", Mails.withFile("one", "a.pdf", new byte[] {1, 2, 3}));
    simulator.deliver(OTHER, "inbox", Mails.plain("other"));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private int status(String path) {
    return graph.get(path).status();
  }

  @Test
  void befallsOnlyWhatMatches() {
    Match match = Match.path("/users/*/messages/*/attachments").method("GET").mailbox(BOX);
    simulator.faults().add(Fault.always(match.message(id), GraphError.of("ErrorAccessDenied")));
    String userId = simulator.truth().mailboxes().get(0).userId();

    assertThat(status(MESSAGES + "/" + id + "/attachments")).isEqualTo(403);
    assertThat(status("/users('" + userId + "')/messages('" + id + "')/attachments"))
        .as("the same by another name")
        .isEqualTo(403);
    assertThat(status(MESSAGES + "/" + id)).as("another path").isEqualTo(200);
    assertThat(status("/users/" + OTHER + "/messages")).as("another mailbox").isEqualTo(200);
    String second = simulator.deliver(BOX, "inbox", Mails.plain("two"));
    assertThat(status(MESSAGES + "/" + second + "/attachments"))
        .as("another message")
        .isEqualTo(200);
  }

  @Test
  void countsWhatItSparesAndWhatItBefalls() {
    When when = When.ALWAYS.after(1).times(2);
    simulator.faults().add(new Fault(Match.ALL, when, GraphError.of("ServiceUnavailable")));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      statuses.add(status(MESSAGES));
    }
    assertThat(statuses).containsExactly(200, 503, 503, 200, 200);
    Faults.Active active = simulator.faults().active().get(0);
    assertThat(active.matched()).isEqualTo(5);
    assertThat(active.befallen()).isEqualTo(2);
  }

  @Test
  void countsForEachPath_whenTold() {
    When when = When.ALWAYS.times(1).forEachPath();
    simulator.faults().add(new Fault(Match.ALL, when, GraphError.of("generalException")));
    for (String path : List.of(MESSAGES, DELTA, MESSAGES + "/" + id)) {
      assertThat(status(path)).isEqualTo(500);
      assertThat(status(path)).isEqualTo(200);
    }
  }

  @Test
  void hitsTheSameRequests_inWhateverOrderTheyCome() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      paths.add("/users/user" + i + "@contoso.example/messages");
    }
    List<String> hit = hit(paths, 1);
    Collections.reverse(paths);
    assertThat(hit(paths, 1)).containsExactlyInAnyOrderElementsOf(hit);
    assertThat(hit(paths, 2)).as("another seed").isNotEqualTo(hit);
    assertThat(hit).hasSizeBetween(8, 32);
  }

  private static List<String> hit(List<String> paths, long seed) throws IOException {
    try (GraphSimulator seeded = GraphSimulator.builder().seed(seed).build().start()) {
      When when = When.ALWAYS.probability(0.3);
      seeded.faults().add(new Fault(Match.ALL, when, GraphError.of("UnknownError")));
      GraphClient client = new GraphClient(seeded);
      return paths.stream().filter(path -> client.get(path).status() == 504).toList();
    }
  }

  @Test
  void lastsForATime_onTheSimulatorsClock() {
    When when = When.ALWAYS.between(Duration.ofMinutes(1), Duration.ofMinutes(2));
    simulator.faults().add(new Fault(Match.ALL, when, GraphError.of("MailboxInfoStale")));
    assertThat(status(MESSAGES)).isEqualTo(200);
    simulator.advance(Duration.ofSeconds(90));
    assertThat(status(MESSAGES)).isEqualTo(503);
    simulator.advance(Duration.ofSeconds(30));
    assertThat(status(MESSAGES)).isEqualTo(200);
  }

  @Test
  void standsAroundTheRulesAfterIt() {
    String first = simulator.faults().add(Fault.always(Match.ALL, GraphError.of("BadRequest")));
    simulator.faults().add(Fault.times(1, Match.ALL, GraphError.of("generalException")));
    assertThat(status(MESSAGES)).isEqualTo(400);
    assertThat(simulator.faults().remove(first)).isTrue();
    assertThat(simulator.faults().remove(first)).isFalse();
    assertThat(status(MESSAGES)).as("it was hidden, hence not used up").isEqualTo(500);
    simulator.faults().add(Fault.always(Match.ALL, GraphError.of("BadRequest")));
    simulator.faults().clear();
    assertThat(status(MESSAGES)).isEqualTo(200);
  }

  @Test
  void answersInGraphsShape_withWhatFollowsFromTheCode() {
    Map<String, String> headers = Map.of("Retry-After", "7");
    simulator.faults().add(Fault.always(Match.ALL, GraphError.of("servicEunavailable", headers)));
    GraphClient.Answer answer = graph.get(MESSAGES);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.error()).isEqualTo("servicEunavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("7");
    assertThat(answer.json().at("/error/innerError/request-id").asText())
        .isEqualTo(answer.header("request-id"))
        .isNotEmpty();
  }

  @Test
  void saysWhereToStartAgain_whenTheStateIsGone() {
    simulator.faults().add(Fault.times(1, Match.ALL, GraphError.of("ResyncRequired")));
    GraphClient.Answer gone = graph.get(DELTA);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(graph.round(gone.header("Location")).items()).hasSize(1);
  }

  @Test
  void answersWithOtherBytes() {
    Effect html = new Effect.Answer(502, Map.of("X-Gateway", "1"), "<html>Bad Gateway</html>");
    simulator.faults().add(Fault.times(1, Match.ALL, html));
    simulator.faults().add(Fault.always(Match.ALL, new Effect.Answer(503, Map.of(), "")));
    GraphClient.Answer first = graph.get(MESSAGES);
    assertThat(first.status()).isEqualTo(502);
    assertThat(first.header("Content-Type")).startsWith("text/html");
    assertThat(first.header("X-Gateway")).isEqualTo("1");
    assertThat(first.text()).contains("Bad Gateway");
    GraphClient.Answer second = graph.get(MESSAGES);
    assertThat(second.status()).isEqualTo(503);
    assertThat(second.bytes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SECONDS", "DATE", "NONE"})
  void throttlesTheMailbox_untilTheTimeIsOver(Effect.Throttle.RetryAfter told) {
    Effect throttle = new Effect.Throttle(Duration.ofMinutes(2), told);
    simulator.faults().add(Fault.times(1, Match.path("**/delta"), throttle));
    assertThat(status(DELTA)).isEqualTo(429);
    GraphClient.Answer early = graph.get(MESSAGES);
    assertThat(early.status()).as("all of the mailbox").isEqualTo(429);
    assertThat(early.error()).isEqualTo("ApplicationThrottled");
    String after = early.header("Retry-After");
    switch (told) {
      case SECONDS -> assertThat(Integer.parseInt(after)).isBetween(60, 120);
      case DATE ->
          assertThat(ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME))
              .isAfter(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
      case NONE -> assertThat(after).isEmpty();
    }
    assertThat(status("/users/" + OTHER + "/messages")).as("no other").isEqualTo(200);
    simulator.advance(Duration.ofMinutes(2));
    assertThat(status(DELTA)).isEqualTo(200);
  }

  @Test
  void expiresTheLinks_justWhenOneIsFollowed() {
    String link = graph.round(DELTA).deltaLink();
    simulator.faults().add(Fault.times(1, Match.path("**/delta"), new Effect.ExpireDeltaLinks()));
    assertThat(graph.get(link).error()).isEqualTo("SyncStateNotFound");
    assertThat(graph.round(DELTA).items()).hasSize(1);
  }

  @Test
  void takesTheMessageAway_justWhenItIsAskedFor() {
    Match attachments = Match.path("**/attachments");
    simulator.faults().add(Fault.times(1, attachments, new Effect.MoveMessage("inbox/Done")));
    assertThat(status(MESSAGES + "/" + id + "/attachments")).as("by immutable id").isEqualTo(200);
    assertThat(simulator.truth().mailboxes().get(0).folders().get(0).path())
        .isEqualTo("inbox/Done");
    simulator.faults().add(Fault.times(1, attachments, new Effect.DeleteMessage()));
    assertThat(graph.get(MESSAGES + "/" + id + "/attachments").error())
        .isEqualTo("ErrorItemNotFound");
  }

  private void quirk(int times, PageQuirk quirk) {
    simulator.faults().add(Fault.times(times, Match.path("**/delta"), new Effect.Page(quirk)));
  }

  private List<String> deliver(int count) {
    List<String> ids = new ArrayList<>(List.of(id));
    for (int i = 1; i < count; i++) {
      ids.add(simulator.deliver(BOX, "inbox", Mails.plain("m" + i)));
    }
    return ids;
  }

  @Test
  void givesEmptyPages_thatLeadOn() {
    List<String> ids = deliver(12);
    quirk(2, PageQuirk.EMPTY);
    JsonNode page = graph.json(DELTA);
    assertThat(page.path("value")).isEmpty();
    GraphClient.Round rest =
        graph.round(page.path("@odata.nextLink").asText(), GraphClient.IMMUTABLE);
    assertThat(rest.ids()).containsExactlyElementsOf(ids);
    assertThat(rest.pages()).isEqualTo(3);
  }

  @Test
  void repeatsAndReversesItems() {
    List<String> ids = deliver(2);
    quirk(1, PageQuirk.DUPLICATE);
    assertThat(graph.round(DELTA, GraphClient.IMMUTABLE).ids())
        .containsExactly(ids.get(0), ids.get(0), ids.get(1), ids.get(1));
    quirk(1, PageQuirk.REVERSE);
    assertThat(graph.round(DELTA, GraphClient.IMMUTABLE).ids())
        .containsExactly(ids.get(1), ids.get(0));
  }

  @Test
  void replaysWhatWasGivenBefore() {
    List<String> ids = deliver(3);
    String link = graph.round(DELTA).deltaLink();
    String added = simulator.deliver(BOX, "inbox", Mails.plain("new"));
    quirk(1, PageQuirk.REPLAY);
    assertThat(graph.round(link, GraphClient.IMMUTABLE).ids())
        .containsExactly(ids.get(1), ids.get(2), added);
  }

  @Test
  void losesWhatLeftAndCameBack_whenTold() {
    GraphClient.Round first = graph.round(DELTA, GraphClient.IMMUTABLE);
    simulator.move(BOX, id, "archive");
    simulator.move(BOX, id, "inbox");
    assertThat(graph.round(first.deltaLink()).items().get(0).has("@removed"))
        .as("as it should be")
        .isFalse();
    quirk(1, PageQuirk.LOSE_RETURNED);
    GraphClient.Round lost = graph.round(first.deltaLink(), GraphClient.IMMUTABLE);
    assertThat(lost.ids()).containsExactly(id);
    assertThat(lost.items().get(0).at("/@removed/reason").asText()).isEqualTo("deleted");
    assertThat(graph.round(lost.deltaLink()).items()).as("it never comes back").isEmpty();
    assertThat(status(MESSAGES + "/" + id)).as("but is there").isEqualTo(200);
  }

  @Test
  void callsRemovedItemsChanged_whenTold() {
    String link = graph.round(DELTA).deltaLink();
    simulator.delete(BOX, id);
    quirk(1, PageQuirk.REMOVED_AS_CHANGED);
    assertThat(graph.round(link).items().get(0).at("/@removed/reason").asText())
        .isEqualTo("changed");
  }

  @Test
  void takesItsFaultsFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("scenario.json");
    Files.writeString(
        file,
        """
        {"seed": 7,
         "faults": [
           {"match": {"path": "**/messages"}, "when": {"times": 1},
            "effect": {"type": "error", "code": "ErrorAccessDenied"}}]}
        """);
    try (GraphSimulator other = GraphSimulator.builder().samples().scenario(file).build().start()) {
      GraphClient client = new GraphClient(other);
      String path = "/users/orders@contoso.example/messages";
      assertThat(client.get(path).status()).isEqualTo(403);
      assertThat(client.get(path).status()).isEqualTo(200);
    }
    Files.writeString(file, "{\"faults\": [{\"effect\": {\"type\": \"explode\"}}]}");
    assertThatThrownBy(() -> GraphSimulator.builder().scenario(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("scenario.json", "explode", "faults[0].effect");
    assertThatThrownBy(() -> GraphSimulator.builder().scenario(folder.resolve("none.json")))
        .hasMessageContaining("none.json' is not there");
  }

  /** One of each kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"answer\",\"status\":502,\"headers\":{\"A\":\"b\"},\"body\":\"<p>\"}",
        "{\"type\":\"error\",\"code\":\"Own\",\"status\":418,\"message\":\"m\",\"headers\":{}}",
        "{\"type\":\"throttle\",\"time\":\"30s\",\"retryAfter\":\"DATE\"}",
        "{\"type\":\"expireTokens\",\"claims\":true}",
        "{\"type\":\"loginError\",\"code\":7000222}",
        "{\"type\":\"expireDeltaLinks\"}",
        "{\"type\":\"moveMessage\",\"folder\":\"archive\"}",
        "{\"type\":\"deleteMessage\"}",
        "{\"type\":\"page\",\"quirk\":\"EMPTY\"}",
        "{\"type\":\"delay\",\"time\":\"1500ms\"}",
        "{\"type\":\"slow\",\"bytesPerSecond\":100}",
        "{\"type\":\"cut\",\"afterBytes\":10,\"framing\":\"LENGTH\",\"reset\":true}",
        "{\"type\":\"reset\"}",
        "{\"type\":\"wrongLength\",\"bytes\":-5}"
      })
  void writesEveryEffectAsItReadsIt(String json) {
    Fault fault =
        FaultJson.read(("{\"effect\":" + json + "}").getBytes(StandardCharsets.UTF_8), Fault.class);
    assertThat(FaultJson.write(fault).path("effect")).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | needs an effect",
        "{\"effect\":{\"type\":\"error\",\"code\":\"Mine\"}} | 'Mine' needs a status",
        "{\"effect\":{\"type\":\"error\"}} | needs a code",
        "{\"effect\":{\"type\":\"delay\"}} | 'time' must be given",
        "{\"effect\":{\"type\":\"delay\",\"time\":\"soon\"}} | 500ms, 5s, 10m or 2h",
        "{\"effect\":{\"type\":\"page\"}} | needs a quirk",
        "{\"effect\":{\"type\":\"slow\"}} | at least 1",
        "{\"effect\":{\"type\":\"reset\"},\"match\":{\"pfad\":\"x\"}} | pfad",
        "{\"effect\":{\"type\":\"reset\"},\"when\":{\"times\":0}} | 'times' at least 1",
        "{\"effect\":{\"type\":\"reset\"},\"when\":{\"probability\":2}} | at most 1",
      })
  void saysWhatIsWrongWithAFault(String json, String reason) {
    assertThatThrownBy(() -> FaultJson.read(json.getBytes(StandardCharsets.UTF_8), Fault.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
