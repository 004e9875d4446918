package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DirectoryTest {

  private static final String EVENTUAL = "ConsistencyLevel: eventual";
  private static final String DOMAIN = "$filter=endsWith(mail,'@contoso.example')";

  private static GraphSimulator simulator;
  private static GraphClient graph;

  @BeforeAll
  static void start() throws IOException {
    simulator = GraphSimulator.builder().samples().build().start();
    graph = new GraphClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static List<String> mails(JsonNode page) {
    List<String> mails = new ArrayList<>();
    page.path("value").forEach(user -> mails.add(user.path("mail").asText()));
    return mails;
  }

  @Test
  void findsTheUsersOfADomain() {
    JsonNode page = graph.json("/users?" + DOMAIN + "&$count=true&$select=id,mail", EVENTUAL);
    assertThat(mails(page))
        .containsExactly(
            "claims@contoso.example",
            "contracts@contoso.example",
            "invoices@contoso.example",
            "orders@contoso.example",
            "retired@contoso.example",
            "shared-reports@contoso.example");
    assertThat(page.path("@odata.count").asInt()).isEqualTo(6);
    assertThat(page.at("/value/0").properties()).hasSize(2);
  }

  @Test
  void refusesToSearchByEnding_withoutTheHeaderAndTheCount() {
    for (GraphClient.Answer answer :
        List.of(
            graph.get("/users?" + DOMAIN + "&$count=true"),
            graph.get("/users?" + DOMAIN, EVENTUAL),
            graph.get("/users?$filter=mail ne 'x'&$count=true", EVENTUAL))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("Request_UnsupportedQuery");
    }
  }

  @Test
  void findsUsersByStartAndByAddress_withoutMore() {
    assertThat(mails(graph.json("/users?$filter=startswith(userPrincipalName,'ORD')")))
        .containsExactly("orders@contoso.example");
    assertThat(
            mails(
                graph.json(
                    "/users?$filter=mail eq 'orders@contoso.example' or mail eq 'claims@contoso.example'")))
        .hasSize(2);
  }

  @Test
  void givesUsersInPages_whoseLinksKeepTheQuestion() {
    List<String> found = new ArrayList<>();
    String link = "/users?" + DOMAIN + "&$count=true&$top=2";
    int pages = 0;
    while (!link.isEmpty()) {
      assertThat(graph.get(link).status()).as("without the header again").isEqualTo(400);
      JsonNode page = graph.json(link, EVENTUAL);
      found.addAll(mails(page));
      link = page.path("@odata.nextLink").asText();
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(found).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void findsAUserByIdAndByAddress() {
    JsonNode user = graph.json("/users/Orders@contoso.example?$select=accountEnabled,mail");
    assertThat(user.path("accountEnabled").asBoolean()).isTrue();
    assertThat(graph.json("/users/" + user.path("id").asText()).path("mail"))
        .isEqualTo(user.path("mail"));
    JsonNode shared = graph.json("/users/shared-reports@contoso.example/mailboxSettings");
    assertThat(shared.path("userPurpose").asText()).isEqualTo("shared");
    assertThat(graph.get("/users/nobody@contoso.example").error())
        .isEqualTo("Request_ResourceNotFound");
  }

  @Test
  void tellsMailboxesThatDoNotWork_fromUsersThatDoNotExist() {
    GraphClient.Answer retired = graph.get("/users/retired@contoso.example/messages");
    assertThat(retired.status()).isEqualTo(404);
    assertThat(retired.error()).isEqualTo("MailboxNotEnabledForRESTAPI");
    GraphClient.Answer nobody = graph.get("/users/nobody@contoso.example/messages");
    assertThat(nobody.status()).isEqualTo(404);
    assertThat(nobody.error()).isEqualTo("ErrorInvalidUser");
  }

  @Test
  void listsTheMembersOfAGroup_alsoThroughOtherGroups() {
    JsonNode groups = graph.json("/groups?$filter=mail eq 'billing@contoso.example'&$select=id");
    String group = "/groups/" + groups.at("/value/0/id").asText();
    assertThat(mails(graph.json(group + "/members")))
        .containsExactly("invoices@contoso.example", "finance@contoso.example");
    JsonNode all = graph.json(group + "/transitiveMembers");
    assertThat(mails(all)).hasSize(4);
    assertThat(all.at("/value/1/@odata.type").asText()).isEqualTo("#microsoft.graph.group");
    for (String cast : List.of("/microsoft.graph.user", "/graph.user")) {
      String users = group + "/transitiveMembers" + cast + "?$count=true&$top=2";
      JsonNode page = graph.json(users, EVENTUAL);
      assertThat(mails(page))
          .containsExactly("invoices@contoso.example", "shared-reports@contoso.example");
      assertThat(mails(graph.json(page.path("@odata.nextLink").asText(), EVENTUAL)))
          .containsExactly("retired@contoso.example");
      assertThat(graph.get(users).status()).isEqualTo(400);
    }
    assertThat(graph.get("/groups/nothing/members").status()).isEqualTo(404);
  }

  @Test
  void listsFolders_withoutTheHiddenOnes() {
    String folders = "/users/invoices@contoso.example/mailFolders";
    JsonNode shown = graph.json(folders);
    assertThat(shown.path("value")).hasSize(7);
    assertThat(graph.json(folders + "?includeHiddenFolders=true").path("value")).hasSize(8);
    JsonNode inbox = graph.json(folders + "/INBOX");
    assertThat(inbox.path("totalItemCount").asInt()).isEqualTo(15);
    assertThat(inbox.path("childFolderCount").asInt()).isEqualTo(1);
    JsonNode children = graph.json(folders + "/" + inbox.path("id").asText() + "/childFolders");
    assertThat(children.at("/value/0/displayName").asText()).isEqualTo("Invoices 2026");
    JsonNode page = graph.json(folders + "?$top=5");
    assertThat(graph.json(page.path("@odata.nextLink").asText()).path("value")).hasSize(2);
  }

  @Test
  void refusesFoldersThatAreNotThere() {
    String folders = "/users/invoices@contoso.example/mailFolders/";
    assertThat(graph.get(folders + "nonsense!").error()).isEqualTo("ErrorInvalidIdMalformed");
    assertThat(graph.get(folders + "syncissues").error()).isEqualTo("ErrorItemNotFound");
    assertThat(graph.get(folders + "AQMkAAAAAAAAAAAAAAAAAAAAAA=").error())
        .isEqualTo("ErrorItemNotFound");
  }
}
