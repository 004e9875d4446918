package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PopulationTest {

  private static final String FIRST = Population.address(1);
  private static final String SECOND = Population.address(2);
  private static final String LAST = Population.address(3);
  private static final int LARGEST = 20_000;

  private GraphSimulator simulator;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    simulator =
        GraphSimulator.builder().population(new Population(3, 100, 0, 1000)).build().start();
    graph = new GraphClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static String delta(String mailbox) {
    return "/users/" + mailbox + "/mailFolders/inbox/messages/delta?$select=subject";
  }

  @Test
  void givesEveryMessageOfALargeMailboxOnce_withoutKeepingThem() throws IOException {
    Population population = new Population(2000, 100, LARGEST, 1000);
    try (GraphSimulator large = GraphSimulator.builder().population(population).build().start()) {
      GraphClient client = new GraphClient(large);
      Set<String> ids = new HashSet<>();
      int given = 0;
      String link = delta(FIRST);
      long before = usedMemory();
      while (!link.isEmpty()) {
        JsonNode page = client.json(link, GraphClient.IMMUTABLE + ", odata.maxpagesize=1000");
        for (JsonNode message : page.path("value")) {
          ids.add(message.path("id").asText());
          given++;
        }
        link = page.path("@odata.nextLink").asText();
      }
      assertThat(given).isEqualTo(LARGEST);
      assertThat(ids).hasSize(LARGEST);
      ids.clear();
      assertThat(usedMemory() - before).isLessThan(15_000_000);
      JsonNode group = client.json("/groups").path("value").get(0);
      String members = "/groups/" + group.path("id").asText() + "/transitiveMembers?$top=999";
      assertThat(group.path("mail").asText()).isEqualTo("everybody@scale.example");
      assertThat(client.json(members).path("value")).hasSize(999);
    }
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void cutsAFilteredRoundAtFiveThousand_withoutAWord() throws IOException {
    Population population = new Population(1, 5003, 0, 1000);
    try (GraphSimulator large = GraphSimulator.builder().population(population).build().start()) {
      GraphClient.Round round =
          new GraphClient(large)
              .round(
                  delta(FIRST) + "&$filter=receivedDateTime ge 2026-01-01T00:00:00Z",
                  "odata.maxpagesize=1000");
      assertThat(round.items()).hasSize(5000);
    }
  }

  @Test
  void servesWhatTheTruthSays() throws NoSuchAlgorithmException {
    List<MessageTruth> messages = simulator.truth(LAST).messages().toList();
    assertThat(messages).hasSize(100);
    int attachments = 0;
    for (MessageTruth message : messages.subList(0, 20)) {
      String path = "/users/" + LAST + "/messages/" + message.id();
      assertThat(graph.json(path).path("hasAttachments").asBoolean())
          .isEqualTo(message.hasAttachments());
      for (AttachmentTruth truth : message.attachments()) {
        byte[] bytes = graph.get(path + "/attachments/" + truth.id() + "/$value").bytes();
        assertThat(bytes).hasSize(truth.size());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(truth.sha256());
        attachments++;
      }
    }
    assertThat(attachments).isGreaterThan(10);
    JsonNode mime = graph.json("/users/" + LAST + "/messages/" + messages.get(0).movableId());
    assertThat(mime.path("subject").asText()).isEqualTo(messages.get(0).subject());
  }

  @Test
  void isTheSameInEveryRun() throws IOException {
    try (GraphSimulator other =
        GraphSimulator.builder().population(new Population(2, 100, 0, 1000)).build()) {
      other.start();
      assertThat(other.truth(SECOND)).isEqualTo(simulator.truth(SECOND));
    }
  }

  @Test
  void changesLikeAnyOtherMailbox() {
    GraphClient.Round first =
        graph.round(delta(SECOND), GraphClient.IMMUTABLE + ", odata.maxpagesize=1000");
    List<String> ids = new ArrayList<>(first.ids());
    simulator.delete(SECOND, ids.get(0));
    simulator.move(SECOND, ids.get(1), "archive");
    simulator.markRead(SECOND, ids.get(2), true);
    simulator.attach(SECOND, ids.get(3), "late.pdf", "application/pdf", new byte[] {1});
    String added = simulator.deliver(SECOND, "inbox", Mails.plain("new"));
    JsonNode inbox = graph.json("/users/" + SECOND + "/mailFolders/inbox");
    assertThat(inbox.path("totalItemCount").asInt()).isEqualTo(99);
    assertThat(inbox.path("unreadItemCount").asInt()).isEqualTo(98);

    GraphClient.Round second = graph.round(first.deltaLink(), GraphClient.IMMUTABLE);
    assertThat(second.ids()).containsExactly(ids.get(0), ids.get(1), ids.get(2), ids.get(3), added);
    assertThat(second.items().get(0).has("@removed")).isTrue();
    assertThat(second.items().get(1).has("@removed")).isTrue();

    String messages = "/users/" + SECOND + "/messages/";
    assertThat(graph.get(messages + ids.get(0)).status()).isEqualTo(404);
    assertThat(graph.json(messages + ids.get(1)).path("subject").asText()).isEqualTo("Delivery 2");
    assertThat(graph.json(messages + ids.get(2)).path("isRead").asBoolean()).isTrue();
    List<String> again =
        graph.round(delta(SECOND), GraphClient.IMMUTABLE + ", odata.maxpagesize=1000").ids();
    assertThat(again)
        .hasSize(99)
        .startsWith(ids.get(4))
        .endsWith(added)
        .doesNotContain(ids.get(0), ids.get(1));
    String newestFirst = delta(SECOND) + "&$orderby=receivedDateTime desc";
    assertThat(graph.round(newestFirst, GraphClient.IMMUTABLE + ", odata.maxpagesize=7").ids())
        .hasSize(99)
        .startsWith(added)
        .endsWith(ids.get(4));
    assertThat(simulator.truth(SECOND).messages()).hasSize(100);
  }

  @Test
  void doesNotKnowIds_thatLookLikeItsOwn() {
    String id = simulator.truth(SECOND).messages().findFirst().orElseThrow().id();
    char other = id.charAt(60) == 'A' ? 'B' : 'A';
    String forged = id.substring(0, 60) + other + id.substring(61);
    assertThat(graph.get("/users/" + SECOND + "/messages/" + forged).status()).isEqualTo(404);
    assertThat(graph.get("/users/" + LAST + "/messages/" + id).status()).isEqualTo(404);
  }

  @Test
  void tellsHowMuchThereIs() throws IOException {
    try (GraphSimulator small = Main.parse(List.of("--population", "3x10+40")).build().start()) {
      Totals totals = small.totals();
      assertThat(totals.mailboxes()).isEqualTo(3);
      assertThat(totals.messages()).isEqualTo(60);
      assertThat(totals.attachments())
          .isEqualTo(small.truth().messages().mapToLong(m -> m.attachments().size()).sum())
          .isPositive();
      assertThat(totals.bytes()).isGreaterThan(totals.attachments() * 10_000);
      JsonNode served = new GraphClient(small).json(small.authorityHost() + "/_simulator/totals");
      assertThat(served.path("messages").asLong()).isEqualTo(60);
    }
    assertThatThrownBy(() -> Main.parse(List.of("--population", "many")))
        .hasMessageContaining("2000x100+50000");
  }
}
