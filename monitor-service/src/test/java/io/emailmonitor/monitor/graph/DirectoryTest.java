package io.emailmonitor.monitor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discovery, where the directory answers oddly or not at all. */
class DirectoryTest {
  private static final String NOBODY = "{\"value\":[]}";

  private final ScriptedServer server = new ScriptedServer();
  private final GraphMailSource source = new GraphMailSource(server.settings());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForEveryPageInTheSameManner() {
    server
        .thenJson(
            200,
            """
            {"@odata.nextLink":"%s/v1.0/users?$skiptoken=1","value":[
              {"id":"2","mail":"Zoe@Contoso.example","userPrincipalName":"zoe@contoso.example"},
              {"id":"3","mail":"away@elsewhere.example","userPrincipalName":"a@contoso.example"}]}
            """
                .formatted(server.url()))
        .thenJson(
            200,
            """
            {"value":[{"id":"1","mail":null,"userPrincipalName":"Anna@contoso.example"},
                      {"id":"4","mail":null,"userPrincipalName":null}]}
            """);

    Discovery found = source.discover(List.of("contoso.example"));

    assertThat(found.mailboxes())
        .containsExactly(new Mailbox("anna@contoso.example"), new Mailbox("zoe@contoso.example"));
    assertThat(server.seen).hasSize(2);
    assertThat(server.seen.get(0).uri())
        .contains("endsWith", "contoso.example")
        .contains("count=true");
    assertThat(server.seen)
        .allSatisfy(
            seen -> assertThat(seen.headers().getFirst("ConsistencyLevel")).isEqualTo("eventual"));
  }

  @Test
  void reachesAMailboxByItsUsersId_whereAddressAndPrincipalNameDiffer() {
    server
        .thenJson(
            200,
            """
            {"value":[{"id":"u-1","mail":"anna.b@contoso.example","userPrincipalName":"anna@corp.example"}]}
            """)
        .thenJson(200, "{\"@odata.deltaLink\":\"%s/d\",\"value\":[]}".formatted(server.url()))
        .thenJson(200, "{\"@odata.deltaLink\":\"%s/d\",\"value\":[]}".formatted(server.url()));

    Discovery found = source.discover(List.of("contoso.example"));
    Mailbox anna = found.mailboxes().get(0);
    source.changes(anna, new MailFolder("inbox", "inbox"), null);
    GraphMailSource next = new GraphMailSource(server.settings());
    next.recall(found);
    next.changes(anna, new MailFolder("inbox", "inbox"), null);

    assertThat(anna.address()).isEqualTo("anna.b@contoso.example");
    assertThat(server.seen.get(1).uri()).contains("/users/u-1/");
    assertThat(server.seen.get(2).uri()).as("of the next process").contains("/users/u-1/");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Request_UnsupportedQuery",
    "403, Authorization_RequestDenied",
    "404, ResourceNotFound",
    "501, NotImplemented"
  })
  void takesAnAddressForAMailbox_whenTheDirectoryCannotTell(int status, String code) {
    server.thenError(status, code);

    Discovery found = source.discover(List.of("Invoices@contoso.example"));

    assertThat(found.mailboxes()).containsExactly(new Mailbox("invoices@contoso.example"));
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void takesAnAddressForAMailbox_whenTheServerKnowsNoGroups() {
    server.then(x -> ScriptedServer.send(x, 404, "text/plain", "no such route"));

    assertThat(source.discover(List.of("a@contoso.example")).mailboxes()).hasSize(1);
  }

  @Test
  void takesAnAddressForAMailbox_whenTheServerAnswersWithOtherGroups() {
    server.thenJson(200, "{\"value\":[{\"id\":\"g\",\"mail\":\"team@contoso.example\"}]}");

    assertThat(source.discover(List.of("a@contoso.example")).mailboxes())
        .containsExactly(new Mailbox("a@contoso.example"));
  }

  @ParameterizedTest
  @CsvSource({"429, THROTTLED", "503, UNAVAILABLE", "401, UNAUTHENTICATED"})
  void guessesNothing_whenTheDirectoryFailsForNow(int status, Kind kind) {
    server.thenError(status, "Whatever");

    assertThat(
            catchThrowableOfType(
                    MailSourceException.class, () -> source.discover(List.of("a@contoso.example")))
                .kind())
        .isEqualTo(kind);
  }

  @Test
  void saysWhichPermissionADomainNeeds() {
    server.thenError(403, "Authorization_RequestDenied").thenJson(200, NOBODY);

    Discovery found = source.discover(List.of("contoso.example", "b@other.example"));

    assertThat(found.problems().get("contoso.example"))
        .contains("User.Read.All", "admin consent", "EMAIL_GROUPS");
    assertThat(found.mailboxes()).containsExactly(new Mailbox("b@other.example"));
  }

  @Test
  void listsMembersOfAllKinds_whenTheServerCannotPickUsers() {
    server
        .thenJson(200, "{\"value\":[{\"id\":\"g\",\"mail\":\"team@contoso.example\"}]}")
        .thenError(400, "BadRequest")
        .thenJson(
            200,
            """
            {"value":[
              {"@odata.type":"#microsoft.graph.group","id":"h","mail":"inner@contoso.example"},
              {"@odata.type":"#microsoft.graph.user","id":"u","mail":"anna@contoso.example"}]}
            """);

    assertThat(source.discover(List.of("team@contoso.example")).mailboxes())
        .containsExactly(new Mailbox("anna@contoso.example"));
  }
}
