package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.emailmonitor.simulator.GraphClient.Answer;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the simulator answers is what a description of Graph allows, where one is present. */
class DescribedTest {
  /** Beside the corpus, if anywhere. */
  private static final Path DESCRIPTION =
      Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"))
          .resolveSibling("graph/graph-mail.openapi.yaml");

  private static final String IMMUTABLE = "IdType=\"ImmutableId\", odata.maxpagesize=5";
  private static final String EVENTUAL = "ConsistencyLevel: eventual";

  private final List<String> violations = new ArrayList<>();
  private final JsonNode document = read();
  private final IdentityHashMap<JsonNode, Schema> schemas = new IdentityHashMap<>();
  private int checked;

  private static JsonNode read() {
    try {
      return Files.isRegularFile(DESCRIPTION)
          ? new YAMLMapper().readTree(DESCRIPTION.toFile())
          : new ObjectMapper().nullNode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void answersAsGraphIsDescribed() throws IOException {
    assumeTrue(!document.isNull(), "no description at " + DESCRIPTION);
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start()) {
      GraphClient client = new GraphClient(graph);
      askTheDirectory(client);
      for (Truth.MailboxTruth mailbox : graph.truth().mailboxes()) {
        askTheMailbox(client, "/users/" + mailbox.address());
      }
      change(client, "/users/orders@contoso.example");
      askForTrouble(graph, client);
    }
    assertThat(violations).isEmpty();
    assertThat(checked).isGreaterThan(200);
  }

  private void askTheDirectory(GraphClient client) {
    get(client, "/users");
    get(client, "/users?$filter=endsWith(mail,'@contoso.example')&$count=true&$top=2", EVENTUAL);
    get(client, "/users/orders@contoso.example?$select=id,mail");
    get(client, "/users/orders@contoso.example/mailboxSettings");
    get(client, "/users/nobody@contoso.example");
    JsonNode groups = get(client, "/groups?$filter=mail eq 'billing@contoso.example'").json();
    String group = "/groups/" + groups.at("/value/0/id").asText();
    get(client, group);
    get(client, group + "/members");
    get(client, group + "/transitiveMembers");
    get(client, group + "/transitiveMembers/microsoft.graph.user?$count=true", EVENTUAL);
    get(client, group + "/transitiveMembers/graph.user");
  }

  private void askTheMailbox(GraphClient client, String user) {
    get(client, user + "/mailFolders?$top=2");
    get(client, user + "/mailFolders/inbox");
    get(client, user + "/mailFolders/inbox/childFolders");
    get(client, user + "/mailFolders/delta");
    get(client, user + "/mailFolders/inbox/messages?$top=3&$orderby=receivedDateTime desc");
    String link = user + "/mailFolders/inbox/messages/delta()?$select=id,subject,from";
    while (!link.isEmpty()) {
      link = get(client, link, IMMUTABLE).json().path("@odata.nextLink").asText();
    }
    Answer messages = get(client, user + "/messages?$top=100", IMMUTABLE);
    for (JsonNode message : messages.json().path("value")) {
      askTheMessage(client, user + "/messages/" + message.path("id").asText());
    }
  }

  private void askTheMessage(GraphClient client, String message) {
    get(client, message, "outlook.body-content-type=\"text\"");
    get(client, message + "?$expand=attachments($select=id,name)");
    get(client, message + "/$value");
    get(client, message + "/attachments");
    String select = "?$select=id,name,contentType,size,isInline,lastModifiedDateTime";
    JsonNode attachments = get(client, message + "/attachments" + select, IMMUTABLE).json();
    for (JsonNode attachment : attachments.path("value")) {
      String path = message + "/attachments/" + attachment.path("id").asText();
      get(client, path);
      get(client, path + "/$value");
    }
  }

  private void change(GraphClient client, String user) {
    JsonNode messages = get(client, user + "/messages", IMMUTABLE).json().path("value");
    String first = user + "/messages/" + messages.at("/0/id").asText();
    send(client, "PATCH", first, "{\"isRead\":true,\"categories\":[\"Taken\"]}");
    send(client, "POST", first + "/move", "{\"destinationId\":\"archive\"}");
    send(client, "POST", first + "/move", "{\"destinationId\":\"nowhere\"}");
    send(client, "PATCH", user + "/messages/nothing", "{\"isRead\":true}");
  }

  private void askForTrouble(GraphSimulator graph, GraphClient client) {
    String inbox = "/users/orders@contoso.example/mailFolders/inbox";
    get(client, inbox + "/messages/delta?$deltatoken=bad");
    get(client, "/users/orders@contoso.example/messages/nothing/attachments?$select=contentId");
    get(client, "/users/orders@contoso.example/mailFolders/nowhere");
    for (String code :
        List.of(
            "SyncStateNotFound",
            "ErrorAccessDenied",
            "ApplicationThrottled",
            "ServiceUnavailable",
            "UnknownError",
            "MailboxNotEnabledForRESTAPI")) {
      graph.faults().add(Fault.times(1, Match.path("**/delta"), Effect.GraphError.of(code)));
      get(client, inbox + "/messages/delta");
    }
  }

  private Answer get(GraphClient client, String pathOrLink, String... headers) {
    return checked("GET", pathOrLink, client.get(pathOrLink, headers));
  }

  private void send(GraphClient client, String method, String path, String body) {
    String json = "Content-Type: application/json";
    checked(method, path, client.send(method, path, body, json, IMMUTABLE));
  }

  private Answer checked(String method, String pathOrLink, Answer answer) {
    checked++;
    String path = pathOrLink.replaceFirst("^http://[^/]+/v1.0", "").replaceFirst("\\?.*", "");
    JsonNode operation = operation(path).path(method.toLowerCase(Locale.ROOT));
    JsonNode response = response(operation.path("responses"), answer.status());
    String type = answer.header("content-type").replaceFirst(";.*", "");
    String what = method + " " + path + " " + answer.status() + ": ";
    if (response.isMissingNode()) {
      violations.add(what + "is not described");
    } else if (type.endsWith("json")) {
      JsonNode schema = response.at("/content/application~1json/schema");
      problems(schema, answer.text()).forEach(problem -> violations.add(what + problem));
    }
    return answer;
  }

  /** Where several templates fit, the one that says most. */
  private JsonNode operation(String path) {
    return document.path("paths").properties().stream()
        .filter(entry -> fits(entry.getKey(), path))
        .min(Comparator.comparing(entry -> entry.getKey().replaceAll("[^{]", "").length()))
        .map(Map.Entry::getValue)
        .orElseGet(() -> document.path("none"));
  }

  private static boolean fits(String template, String path) {
    String regex = Pattern.quote(template).replaceAll("\\{[^}]*}", "\\\\E[^/']+\\\\Q");
    return Pattern.matches(regex, path);
  }

  private JsonNode response(JsonNode responses, int status) {
    String exact = Integer.toString(status);
    JsonNode found = responses.path(responses.has(exact) ? exact : status / 100 + "XX");
    return found.has("$ref") ? document.at(found.path("$ref").asText().substring(1)) : found;
  }

  private List<String> problems(JsonNode described, String json) {
    return schemas
        .computeIfAbsent(described, this::schema)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private Schema schema(JsonNode described) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.set("components", document.path("components"));
    root.putArray("allOf").add(described);
    return SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30()).getSchema(root.toString());
  }
}
