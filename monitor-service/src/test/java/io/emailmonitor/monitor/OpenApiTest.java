package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import jakarta.ws.rs.Path;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the routes and the routes themselves say the same. */
class OpenApiTest {
  private static final QueueSettings QUEUE = QueueSettings.named("todo");
  private static final InMemoryTaskQueue TASKS = new InMemoryTaskQueue(QUEUE, Clock.systemUTC());
  private static final ApiServer SERVER =
      new ApiServer(
          Optional.of(new InspectedQueue(TASKS, QUEUE, "redis://example:6379/0")), Map.of());

  /** The first claim of this queue. */
  private static final String DEAD = "claim-1";

  private static final String ID = URLEncoder.encode(FakeHistory.ID, StandardCharsets.UTF_8);

  /** A servlet of its own, whose answer has no end. */
  private static final Set<String> STREAMS = Set.of("get /events");

  private static final JsonNode DOCUMENT = read(SERVER.get("/openapi.yaml").body());

  /** A request that has to be answered with that status, as the operation describes it. */
  record Example(String method, String path, String target, int status) {
    @Override
    public String toString() {
      return method + " " + target + " " + status;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        get("/", 200),
        new Example("get", "/assets/{name}", "/assets/page.js", 200),
        new Example("get", "/assets/{name}", "/assets/other.js", 404),
        get("/dashboard", 200),
        get("/mailboxes", 200),
        get("/mailboxes", "?offset=-1", 400),
        get("/status", 200),
        get("/openapi.yaml", 200),
        post("/process-now", 202),
        post("/process-now", "?wait=30s", 200),
        post("/process-now", "?wait=long", 400),
        post("/reconcile", 202),
        post("/reconcile", "?since=2026-01-31&wait=30s", 200),
        post("/reconcile", "?since=then", 400),
        get("/jobs", 200),
        new Example("get", "/jobs/{id}", "/jobs/unknown", 404),
        get("/recent-results", 200),
        get("/recent-results", "?limit=0", 400),
        new Example("get", "/email-details/{message_id}", "/email-details/" + ID, 200),
        new Example("get", "/email-details/{message_id}", "/email-details/unknown", 404),
        get("/email-details", "?id=" + ID, 200),
        get("/email-details", 400),
        new Example(
            "post", "/email-details/{message_id}/replay", "/email-details/open/replay", 202),
        new Example("post", "/email-details/{message_id}/replay", "/email-details/no/replay", 404),
        new Example("get", "/email-json/{message_id}", "/email-json/" + ID, 200),
        get("/email-json", "?id=" + ID, 200),
        get("/rules/explain", "?filename=a.pdf&size=1", 200),
        get("/rules/explain", "?mailbox=a@company.com&filename=a.exe", 200),
        get("/rules/explain", "?kind=folder", 400),
        get("/redis-queue/status", 200),
        get("/redis-queue/stats", 200),
        get("/redis-queue/peek", 200),
        get("/redis-queue/peek", "?count=0", 400),
        get("/redis-queue/workers", 200),
        get("/redis-queue/dead", 200),
        get("/redis-queue/dead", "?limit=0", 400),
        new Example(
            "post",
            "/redis-queue/dead/{claim_id}/redrive",
            "/redis-queue/dead/" + DEAD + "/redrive",
            200),
        new Example(
            "post", "/redis-queue/dead/{claim_id}/discard", "/redis-queue/dead/none/discard", 404),
        get("/redis-queue/health", 200),
        post("/redis-queue/clear", "?expected=17", 409),
        post("/redis-queue/clear", 200),
        post("/redis-queue/drain", 200),
        get("/sign-in", 200),
        post("/sign-in", 409),
        post("/sign-out", 409));
  }

  private static Example get(String path, int status) {
    return get(path, "", status);
  }

  private static Example get(String path, String query, int status) {
    return new Example("get", path, path + query, status);
  }

  private static Example post(String path, int status) {
    return post(path, "", status);
  }

  private static Example post(String path, String query, int status) {
    return new Example("post", path, path + query, status);
  }

  @BeforeAll
  static void fill() {
    TASKS.enqueue(Tasks.tasks("dead", 1));
    TASKS.bury(TASKS.claim().orElseThrow(), "not a PDF");
    TASKS.announce(
        new WorkerPresence(
            "host:1",
            Duration.ZERO,
            2,
            1,
            List.of(new WorkerPresence.Holding("c", "a0", 1, Duration.ZERO))));
    TASKS.enqueue(Tasks.tasks("t", 2));
    Instant then = FakeIntake.STARTED;
    Mail mail = new Mail("open", null, "Subject", "Ann", "ann@partner.example", then);
    SERVER
        .ledger
        .journal()
        .record(
            List.of(
                new MailRecord(
                    "a@company.com",
                    "inbox",
                    mail,
                    MailRecord.State.RETRYING,
                    then,
                    1,
                    then,
                    "Graph did not answer",
                    List.of())));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsDescribed(Example example) {
    Answer answer =
        example.method().equals("get")
            ? SERVER.get(example.target())
            : SERVER.post(example.target());

    assertThat(answer.status()).as(answer.body()).isEqualTo(example.status());
    assertDescribed(example.method(), example.path(), answer);
  }

  @Test
  void answersAsDescribed_alsoOfJobs() {
    String location = SERVER.post("/process-now").header("location");

    assertDescribed("get", "/jobs/{id}", SERVER.get(location));
  }

  @Test
  void tellsEventsAsDescribed() {
    Answer answer = SERVER.beginning("/events", "event: dead");
    assertDescribed("get", "/events", answer);
    JsonNode parts = DOCUMENT.at("/components/schemas/Dashboard/properties");
    Set<String> told = new TreeSet<>();
    Matcher event = Pattern.compile("event: (\\w+)\ndata: (.*)\n").matcher(answer.body());
    while (event.find()) {
      told.add(event.group(1));
      assertThat(problems(parts.path(event.group(1)), event.group(2))).isEmpty();
      assertThat(event.group(2)).doesNotStartWith("{\"problem\"");
    }

    Set<String> described = new TreeSet<>();
    parts.fieldNames().forEachRemaining(described::add);
    assertThat(told).isEqualTo(described);
  }

  @Test
  void describesEveryRoute_andNoOther() {
    Set<String> routes = new TreeSet<>(STREAMS);
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.emailmonitor.monitor")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .forEach(type -> addRoutes("", Resource.from(type), routes));

    assertThat(operations()).containsExactlyElementsOf(routes);
  }

  @Test
  void hasAnExampleOfEveryOperation() {
    Set<String> shown = new TreeSet<>(STREAMS);
    examples().forEach(example -> shown.add(example.method() + " " + example.path()));

    assertThat(shown).containsExactlyElementsOf(operations());
  }

  private static void addRoutes(String parent, Resource resource, Set<String> routes) {
    String path = (parent + "/" + resource.getPath()).replaceAll("/+", "/");
    String template = path.replaceAll("\\{ *(\\w+) *:[^}]*}", "{$1}").replaceAll("(.)/$", "$1");
    resource
        .getResourceMethods()
        .forEach(
            m -> routes.add(m.getHttpMethod().toLowerCase(java.util.Locale.ROOT) + " " + template));
    resource.getChildResources().forEach(child -> addRoutes(path, child, routes));
  }

  private static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> operations.add(method + " " + path.getKey())));
    return operations;
  }

  private static void assertDescribed(String method, String path, Answer answer) {
    JsonNode responses = DOCUMENT.path("paths").path(path).path(method).path("responses");
    String status = String.valueOf(answer.status());
    JsonNode response = resolved(responses.path(responses.has(status) ? status : "default"));
    String type = answer.header("content-type").split(";", 2)[0];
    JsonNode content = response.path("content");
    assertThat(content.has(type)).as("%s among %s", type, content).isTrue();
    if (type.endsWith("json")) {
      assertThat(problems(content.path(type).path("schema"), answer.body()))
          .as(answer.body())
          .isEmpty();
    }
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static List<?> problems(JsonNode schema, String json) {
    ObjectNode root = (ObjectNode) read("{}");
    root.set("components", strict(DOCUMENT.path("components").deepCopy()));
    root.putArray("allOf").add(strict(schema.deepCopy()));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(root.toString())
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  /** Readers may meet new names; the description must know all that there are. */
  private static JsonNode strict(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiTest::strict);
    return node;
  }

  private static JsonNode read(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
