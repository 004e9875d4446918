package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final String BOX = "invoices@contoso.example";
  private static final String MESSAGES = "/users/" + BOX + "/messages";

  private GraphSimulator simulator;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    simulator = GraphSimulator.builder().samples().build().start();
    graph = new GraphClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void listsAMailbox_newestFirst_inPages() {
    List<String> received = new ArrayList<>();
    String link = MESSAGES + "?$top=7&$select=receivedDateTime&$count=true";
    while (!link.isEmpty()) {
      JsonNode page = graph.json(link);
      page.path("value").forEach(item -> received.add(item.path("receivedDateTime").asText()));
      assertThat(page.path("@odata.count").asInt()).isEqualTo(17);
      link = page.path("@odata.nextLink").asText();
    }
    assertThat(received).hasSize(17).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(graph.json(MESSAGES).path("value")).hasSize(10);
    assertThat(graph.json("/users/" + BOX + "/mailFolders/inbox/messages?$skip=12").path("value"))
        .hasSize(3);
  }

  @Test
  void filtersAndOrders() {
    String recent = "$filter=receivedDateTime ge 2026-01-07T00:00:00Z and hasAttachments eq false";
    assertThat(graph.json(MESSAGES + "?" + recent).path("value")).isEmpty();
    JsonNode oldest =
        graph.json(
            MESSAGES
                + "?$filter=receivedDateTime lt 2026-01-06T00:00:00Z&$orderby=receivedDateTime asc");
    assertThat(oldest.at("/value/0/subject").asText()).isEqualTo("Invoice 2026-001");
    assertThat(
            graph.get(MESSAGES + "?$filter=isRead eq false&$orderby=receivedDateTime desc").error())
        .isEqualTo("InefficientFilter");
    assertThat(graph.get(MESSAGES + "?$filter=colour eq 'red'").status()).isEqualTo(400);
    assertThat(graph.get(MESSAGES + "?$top=0").status()).isEqualTo(400);
  }

  @Test
  void givesTheBody_asHtmlOrAsText() {
    String id =
        simulator.deliver(
            BOX,
            "inbox",
            Mails.eml(
                "Subject: s\r\nContent-Type: text/html\r\n\r\n<p>Hi &lt;you&gt;</p><script>x()</script>"));
    JsonNode html = graph.json(MESSAGES + "/" + id).path("body");
    assertThat(html.path("contentType").asText()).isEqualTo("html");
    assertThat(html.path("content").asText()).isEqualTo("<p>Hi &lt;you&gt;</p>");
    GraphClient.Answer text = graph.get(MESSAGES + "/" + id, "outlook.body-content-type=\"text\"");
    assertThat(text.json().at("/body/contentType").asText()).isEqualTo("text");
    assertThat(text.json().at("/body/content").asText()).isEqualTo("Hi <you>");
    assertThat(text.header("Preference-Applied")).contains("outlook.body-content-type");
    JsonNode unsafe = graph.json(MESSAGES + "/" + id, "outlook.allow-unsafe-html");
    assertThat(unsafe.at("/body/content").asText()).contains("<script>");
  }

  @Test
  void givesOnlyWhatIsSelected_andRefusesWhatIsNotThere() {
    JsonNode message = graph.json(MESSAGES + "?$select=subject,from&$top=1").at("/value/0");
    assertThat(message.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder("@odata.etag", "id", "subject", "from");
    GraphClient.Answer answer = graph.get(MESSAGES + "?$select=color");
    assertThat(answer.error()).isEqualTo("RequestBroker--ParseUri");
    assertThat(answer.text()).contains("'color' on type 'microsoft.graph.message'");
  }

  @Test
  void givesTheWholeMail() {
    byte[] eml = Mails.plain("raw");
    String id = simulator.deliver(BOX, "inbox", eml);
    assertThat(graph.get(MESSAGES + "/" + id + "/$value").bytes()).isEqualTo(eml);
  }

  @Test
  void expandsAttachments_withoutTheirContent() {
    JsonNode page =
        graph.json(MESSAGES + "?$select=id&$expand=attachments($select=id,name)&$top=1");
    JsonNode attachment = page.at("/value/0/attachments/0");
    assertThat(attachment.path("@odata.type").asText()).endsWith("fileAttachment");
    assertThat(attachment.has("contentBytes")).isFalse();
    JsonNode whole = graph.json(MESSAGES + "?$expand=attachments&$top=1");
    assertThat(whole.at("/value/0/attachments/0").has("contentBytes")).isTrue();
  }

  @Test
  void changesMovesAndDeletes() {
    String id = simulator.deliver(BOX, "inbox", Mails.plain("x"));
    String at = MESSAGES + "/" + id;
    JsonNode read = graph.send("PATCH", at, "{\"isRead\":true,\"categories\":[\"Red\"]}").json();
    assertThat(read.path("isRead").asBoolean()).isTrue();
    assertThat(read.at("/categories/0").asText()).isEqualTo("Red");
    GraphClient.Answer moved =
        graph.send("POST", at + "/move", "{\"destinationId\":\"archive\"}", GraphClient.IMMUTABLE);
    assertThat(moved.status()).isEqualTo(201);
    assertThat(moved.json().path("id").asText()).isEqualTo(id);
    assertThat(graph.get("/users/" + BOX + "/mailFolders/inbox/messages/" + id).status())
        .isEqualTo(404);
    assertThat(graph.send("DELETE", at, "").status()).isEqualTo(204);
    assertThat(graph.get(at).error()).isEqualTo("ErrorItemNotFound");
    assertThat(graph.get(MESSAGES + "/nonsense!").error()).isEqualTo("ErrorInvalidIdMalformed");
  }
}
