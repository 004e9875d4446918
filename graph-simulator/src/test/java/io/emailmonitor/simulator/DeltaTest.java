package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {

  private static final String BOX = "orders@contoso.example";
  private static final String DELTA =
      "/users/" + BOX + "/mailFolders/inbox/messages/delta?$select=subject";

  private GraphSimulator simulator;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().build().start();
    graph = new GraphClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private List<String> deliver(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ids.add(simulator.deliver(BOX, "inbox", Mails.plain("m" + i)));
    }
    return ids;
  }

  @Test
  void listsTheWholeFolder_inPagesOfTen() {
    List<String> ids = deliver(25);
    GraphClient.Round round = graph.round(DELTA, GraphClient.IMMUTABLE);
    assertThat(round.ids()).containsExactlyElementsOf(ids);
    assertThat(round.pages()).isEqualTo(3);
  }

  @Test
  void listsInPagesOfTheSizeAskedFor_whichHoldsForOneRequestOnly() {
    deliver(25);
    JsonNode page = graph.json(DELTA, "odata.maxpagesize=4");
    assertThat(page.path("value")).hasSize(4);
    assertThat(graph.json(page.path("@odata.nextLink").asText()).path("value")).hasSize(10);
  }

  @Test
  void givesIdsInTheFormEachRequestAsksFor() {
    String id = deliver(12).get(11);
    JsonNode page = graph.json(DELTA, GraphClient.IMMUTABLE + ", odata.maxpagesize=11");
    String link = page.path("@odata.nextLink").asText();
    assertThat(graph.json(link, GraphClient.IMMUTABLE).at("/value/0/id").asText()).isEqualTo(id);
    assertThat(graph.json(link).at("/value/0/id").asText()).isNotEqualTo(id).startsWith("AAMk");
  }

  @Test
  void reportsWhatHappenedSinceTheLastRound() {
    List<String> ids = deliver(4);
    GraphClient.Round first = graph.round(DELTA, GraphClient.IMMUTABLE);
    simulator.markRead(BOX, ids.get(0), true);
    simulator.delete(BOX, ids.get(1));
    simulator.move(BOX, ids.get(2), "inbox/Done");
    String added = simulator.deliver(BOX, "inbox", Mails.plain("new"));
    GraphClient.Round second = graph.round(first.deltaLink(), GraphClient.IMMUTABLE);
    assertThat(second.ids()).containsExactly(ids.get(0), ids.get(1), ids.get(2), added);
    assertThat(second.items().get(1).at("/@removed/reason").asText()).isEqualTo("deleted");
    assertThat(second.items().get(2).at("/@removed/reason").asText()).isEqualTo("deleted");
    assertThat(second.items().get(3).path("subject").asText()).isEqualTo("new");
    assertThat(graph.round(second.deltaLink()).items()).isEmpty();
  }

  @Test
  void keepsTheImmutableId_whenTheMessageMoves() {
    String id = deliver(1).get(0);
    String before = graph.round(DELTA).ids().get(0);
    simulator.move(BOX, id, "archive");
    String archive = DELTA.replace("inbox", "archive");
    assertThat(graph.round(archive, GraphClient.IMMUTABLE).ids()).containsExactly(id);
    assertThat(graph.round(archive).ids().get(0)).isNotEqualTo(before);
  }

  @Test
  void losesNothing_whenTheFolderChangesBetweenPages() {
    List<String> ids = deliver(20);
    JsonNode page = graph.json(DELTA, GraphClient.IMMUTABLE);
    simulator.delete(BOX, ids.get(0));
    simulator.markRead(BOX, ids.get(15), true);
    String added = simulator.deliver(BOX, "inbox", Mails.plain("new"));
    GraphClient.Round rest =
        graph.round(page.path("@odata.nextLink").asText(), GraphClient.IMMUTABLE);
    assertThat(rest.ids()).hasSize(9).doesNotContain(ids.get(15), added);
    assertThat(graph.round(rest.deltaLink(), GraphClient.IMMUTABLE).ids())
        .containsExactly(ids.get(0), ids.get(15), added);
  }

  @Test
  void doesNotMention_whatCameAndWentBetweenTwoRounds() {
    simulator.delete(BOX, deliver(1).get(0));
    GraphClient.Round first = graph.round(DELTA);
    assertThat(first.items()).isEmpty();
    simulator.delete(BOX, deliver(1).get(0));
    assertThat(graph.round(first.deltaLink()).items()).isEmpty();
  }

  @Test
  void reportsOnlyNewMail_whenOnlyThatIsWanted() {
    List<String> ids = deliver(2);
    GraphClient.Round first = graph.round(DELTA + "&changeType=created", GraphClient.IMMUTABLE);
    assertThat(first.ids()).isEqualTo(ids);
    simulator.markRead(BOX, ids.get(0), true);
    simulator.delete(BOX, ids.get(1));
    String added = simulator.deliver(BOX, "inbox", Mails.plain("new"));
    assertThat(graph.round(first.deltaLink(), GraphClient.IMMUTABLE).ids()).containsExactly(added);
  }

  @Test
  void endsTheRoundAtTop() {
    deliver(15);
    JsonNode page = graph.json(DELTA + "&$top=2");
    assertThat(page.path("value")).hasSize(2);
    JsonNode last = graph.json(page.path("@odata.nextLink").asText());
    assertThat(last.path("value")).isEmpty();
    assertThat(last.has("@odata.deltaLink")).isTrue();
  }

  @Test
  void listsNewestFirst_whenAsked() {
    deliver(12);
    assertThat(graph.round(DELTA + "&$orderby=receivedDateTime desc").subjects())
        .startsWith("m12", "m11")
        .endsWith("m1")
        .hasSize(12);
  }

  @Test
  void filtersByArrival_andByNothingElse() throws IOException {
    try (GraphSimulator samples = GraphSimulator.builder().samples().build().start()) {
      GraphClient client = new GraphClient(samples);
      String since = "&$filter=receivedDateTime ge 2026-01-08T00:00:00Z";
      int all = client.round(DELTA).items().size();
      assertThat(client.round(DELTA + since).items()).isNotEmpty().hasSizeLessThan(all);
      assertThat(client.get(DELTA + "&$filter=isRead eq false").status()).isEqualTo(400);
      assertThat(client.get(DELTA + "&$filter=receivedDateTime lt 2026-01-08").status())
          .isEqualTo(400);
      assertThat(client.get(DELTA + "&$orderby=subject").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/orders@contoso.example/mailFolders/inbox/messages/delta",
        "/users/orders%40contoso.example/mailfolders/Inbox/messages/delta()",
        "/Users/ORDERS@contoso.example/mailFolders/inbox/messages/microsoft.graph.delta()",
        "/users/orders@contoso.example/mailFolders/inbox/messages/microsoft.graph.delta",
        "/users('orders@contoso.example')/mailFolders('inbox')/messages/delta",
        "/users('orders%40contoso.example')/mailFolders/inbox/messages/delta%28%29",
        "/users/orders@contoso.example/mailFolders/msgfolderroot/childFolders/inbox/messages/delta",
        "/users('orders@contoso.example')/mailFolders('msgfolderroot')/childFolders('inbox')/messages/microsoft.graph.delta()",
        "/users/orders@contoso.example/mailFolders/inbox/messages/delta()?%24select=id%2Csubject&%24expand=attachments%28%24select%3Did%29"
      })
  void answersOnEveryFormOfThePath(String path) {
    deliver(1);
    JsonNode page = graph.json(path);
    assertThat(page.path("value")).hasSize(1);
    assertThat(page.path("@odata.deltaLink").asText())
        .startsWith(simulator.baseUri() + "/users('")
        .contains("')/mailFolders('", "')/messages/delta?$deltatoken=");
  }

  @Test
  void forgetsLinks_thatAreSeveralPagesOld() {
    deliver(50);
    JsonNode page = graph.json(DELTA);
    String first = page.path("@odata.nextLink").asText();
    for (int i = 0; i < 3; i++) {
      page = graph.json(page.path("@odata.nextLink").asText());
    }
    assertThat(graph.get(first).status()).as("the fourth latest link").isEqualTo(200);
    graph.json(page.path("@odata.nextLink").asText());
    GraphClient.Answer gone = graph.get(first);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.error()).isEqualTo("SyncStateNotFound");
    assertThat(gone.text()).contains("generation=1;[highest=5]");
    assertThat(gone.header("Location")).endsWith("/messages/delta?$deltatoken=");
    assertThat(graph.round(gone.header("Location")).items()).hasSize(50);
  }

  @Test
  void givesTheSamePageAgain_whenALinkIsFollowedTwice() {
    deliver(30);
    String link = graph.json(DELTA).path("@odata.nextLink").asText();
    JsonNode once = graph.json(link);
    for (int i = 0; i < 10; i++) {
      assertThat(graph.json(link).path("value")).isEqualTo(once.path("value"));
    }
  }

  @Test
  void forgetsAllLinksOfAFolder_onDemand() {
    deliver(1);
    String link = graph.round(DELTA).deltaLink();
    simulator.expireDeltaLinks(BOX, "inbox");
    assertThat(graph.get(link).status()).isEqualTo(410);
  }

  @Test
  void refusesMangledTokens() {
    deliver(1);
    String link = graph.round(DELTA).deltaLink();
    for (String mangled : List.of(link + "0", link.replace("deltatoken=e", "deltatoken=f"))) {
      GraphClient.Answer answer = graph.get(mangled);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("Badly formed token");
    }
    assertThat(graph.get(link.replaceAll("token=.*", "token=latest")).status()).isEqualTo(400);
  }

  @Test
  void tracksFolders() {
    deliver(1);
    String delta = "/users/" + BOX + "/mailFolders/delta()?$select=displayName";
    GraphClient.Round first = graph.round(delta, "odata.maxpagesize=3");
    assertThat(first.items()).hasSize(8);
    simulator.deliver(BOX, "inbox/New", Mails.plain("x"));
    assertThat(graph.round(first.deltaLink()).items())
        .extracting(folder -> folder.path("displayName").asText())
        .containsExactly("New");
  }
}
