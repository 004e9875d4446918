package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.service.metrics.Promtool;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import io.emailmonitor.simulator.Truth.WithinTruth;
import io.emailmonitor.simulator.login.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar against a simulated Graph and a real Redis. */
class MonitorProcessIT {
  private static final String MAILBOX = "bulk%d@contoso.example";
  private static final int MAILS = 240;
  private static final int KILLS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TYPES = List.of(".pdf", ".docx", ".xlsx", ".csv");

  @Test
  void putsEveryAttachmentOnTheQueueOnce_thoughItIsKilledAgainAndAgain(@TempDir Path directory)
      throws Exception {
    Random random = new Random(20260301);
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        TestRedis redis = TestRedis.start();
        RedisTaskQueue queue = open(redis)) {
      deliver(graph, random);
      Map<String, String> expected = hashes(graph, a -> !a.kind().equals("reference"));
      Map<String, String> environment = environment(graph);
      environment.putAll(onTheQueue(redis));

      for (int kill = 0; kill < KILLS; kill++) {
        long enough = (expected.size() * (kill * 10L + random.nextInt(10))) / (KILLS * 10);
        try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
          MonitorProcess.await(PATIENCE, () -> monitor.runs() && queue.stats().waiting() > enough);
        }
      }
      assertThat(queue.stats().waiting()).as("there is work left").isLessThan(expected.size());
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        awaitAll(monitor, graph, false);
        assertThat(monitor.get("/status").at("/status").asText()).isEqualTo("ok");
        assertThat(monitor.output())
            .contains("Redis keeps nothing on disk", "Redis has no maxmemory");
        assertThat(monitor.health().at("/redis/message").asText())
            .contains("Redis keeps nothing on disk", "Redis has no maxmemory");
        assertThat(contentHashes(queue)).containsExactlyInAnyOrderEntriesOf(expected);
        replay(monitor, queue, expected);
        assertMeasured(monitor.metrics());
      }
    }
  }

  /** Of this process alone: those before it were killed. */
  private static void assertMeasured(String metrics) {
    assertThat(total(metrics, "email_monitor_attachments_fetched_total"))
        .isPositive()
        .isEqualTo(total(metrics, "email_monitor_attachments_total"));
    for (String outcome : List.of("skipped", "failed")) {
      assertThat(total(metrics, "email_monitor_attachments_" + outcome + "_total"))
          .isEqualTo(
              total(metrics, "email_monitor_attachments_total{outcome=\"" + outcome + "\"}"));
    }
    assertThat(total(metrics, "email_monitor_healthy{check=\"redis\"}")).isEqualTo(1);
    assertThat(metrics).contains("jvm_memory_used_bytes");
    Promtool.check(metrics);
    assertThat(total(metrics, "email_monitor_waiting_tasks")).isZero();
    assertThat(total(metrics, "email_monitor_waiting_bytes_max")).isPositive();
    // These two are shown as soon as there is one.
    assertThat(Promtool.askedForButNotShown("email_monitor", metrics))
        .isSubsetOf(
            "email_monitor_attachments_failed_total", "email_monitor_attachments_skipped_total");
  }

  private static double total(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** What is enqueued is enqueued once more only if that is what is wanted. */
  private static void replay(
      MonitorProcess monitor, RedisTaskQueue queue, Map<String, String> expected)
      throws MalformedTaskException {
    String key = expected.keySet().stream().sorted().findFirst().orElseThrow();
    String messageId = key.split(" ", -1)[0];
    String attachment = "?attachment_id=" + encoded(key.split(" ", -1)[1]);
    String route = "/email-details/" + encoded(messageId) + "/replay" + attachment;

    JsonNode refused = monitor.post(route);
    assertThat(refused.at("/status").asInt()).isEqualTo(409);
    assertThat(refused.at("/detail").asText()).contains("again=true");

    JsonNode accepted = monitor.post(route + "&again=true");
    assertThat(accepted.at("/state").asText()).isEqualTo("retrying");
    MonitorProcess.await(PATIENCE, () -> monitor.runs() && queue.stats().waiting() == 1);
    assertThat(contentHashes(queue)).isEqualTo(Map.of(key, String.valueOf(expected.get(key))));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, UTF_8);
  }

  @Test
  void storesWhatIsWanted_whenTheQueueIsOff(@TempDir Path directory) throws Exception {
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        MonitorProcess monitor = new MonitorProcess(directory, environment(graph))) {
      JsonNode report = monitor.post("/process-now?wait=30s").at("/result");
      awaitAll(monitor, graph, true);

      assertThat(report.at("/messages").asInt()).isPositive();
      assertThat(monitor.get("/redis-queue/status").at("/enabled").asBoolean(true)).isFalse();
      List<String> wanted = new ArrayList<>(hashes(graph, MonitorProcessIT::isWanted).values());
      wanted.addAll(wantedWithin(graph));
      assertThat(storedHashes(directory.resolve("email_attachments")))
          .containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(Files.readString(directory.resolve("email_monitor.log"))).contains("Started");

      JsonNode reconciled = monitor.post("/reconcile?since=2000-01-01&wait=30s").at("/result");
      assertThat(reconciled.at("/missing").asInt(-1)).isZero();
      for (JsonNode mailbox : reconciled.at("/mailboxes")) {
        boolean closed = mailbox.at("/mailbox").asText().startsWith("retired@");
        assertThat(mailbox.at("/paused").isNull()).as(mailbox.toString()).isNotEqualTo(closed);
      }
    }
  }

  @Test
  void storesWhileRedisIsDown_andBringsAllToTheQueueOnce_thoughItIsKilled(@TempDir Path directory)
      throws Exception {
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        TestRedis redis = TestRedis.start();
        RedisTaskQueue queue = open(redis)) {
      redis.kill();
      Map<String, String> expected = hashes(graph, a -> !a.kind().equals("reference"));
      Map<String, String> environment = environment(graph);
      environment.putAll(onTheQueue(redis));
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        awaitAll(monitor, graph, false);
        JsonNode status = monitor.get("/status");
        assertThat(status.at("/waiting/tasks").asInt()).isEqualTo(expected.size());
        assertThat(status.at("/totals/outcomes/stored").asInt()).isEqualTo(expected.size());
        String told = expected.size() + " tasks";
        MonitorProcess.await(
            PATIENCE, () -> monitor.health().at("/waiting/message").asText().startsWith(told));
      }
      redis.restart();
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        MonitorProcess.await(
            PATIENCE,
            () ->
                monitor.get("/status").at("/totals/outcomes/enqueued").asInt() == expected.size());
        assertThat(contentHashes(queue)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(storedHashes(directory.resolve("email_attachments"))).isEmpty();
      }
    }
  }

  @Test
  void reconcilesOnce_andEnds(@TempDir Path directory) throws Exception {
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        MonitorProcess command =
            new MonitorProcess(
                directory, environment(graph), "reconcile", "--since", "2000-01-01")) {
      assertThat(command.exitCode()).as(command.output() + command.errors()).isZero();
      assertThat(command.output()).contains("mailboxes: 0 messages and 0 attachments had been");
      assertThat(storedHashes(directory.resolve("email_attachments"))).isNotEmpty();
    }
  }

  @Test
  void startsRedAndRecovers_whenGraphAndRedisComeLater(@TempDir Path directory) throws Exception {
    int graphPort = freePort();
    try (TestRedis redis = TestRedis.start()) {
      redis.kill();
      Map<String, String> environment = environment("http://127.0.0.1:" + graphPort + "/v1.0");
      environment.put("USE_REDIS_QUEUE", "true");
      environment.put("REDIS_PORT", "" + redis.port());
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        JsonNode red = monitor.health();
        assertThat(red.at("/graph/healthy").asBoolean(true)).isFalse();
        assertThat(red.at("/graph/message").asText()).contains("GRAPH_BASE_URL");
        assertThat(red.at("/redis/healthy").asBoolean(true)).isFalse();
        assertThat(red.at("/redis/message").asText()).contains("localhost:" + redis.port());
        assertThat(red.at("/ledger/healthy").asBoolean()).isTrue();
        assertThat(monitor.get("/status").at("/status").asText()).isEqualTo("degraded");
        assertThat(monitor.get("/redis-queue/stats").at("/status").asInt()).isEqualTo(503);

        redis.restart();
        try (GraphSimulator graph = GraphSimulator.builder().samples().port(graphPort).build()) {
          graph.start();
          awaitAll(monitor, graph, true);
          MonitorProcess.await(PATIENCE, () -> monitor.health().at("/redis/healthy").asBoolean());
          MonitorProcess.await(PATIENCE, () -> monitor.health().at("/graph/healthy").asBoolean());
        }
        assertThat(monitor.get("/redis-queue/stats").at("/queue_length").asInt()).isPositive();
      }
    }
  }

  @Test
  void tellsWhatIsWrongAndEnds_whenSettingsAreWrong(@TempDir Path directory) throws Exception {
    Map<String, String> environment =
        Map.of("REDIS_PORT", "abc", "API_TOKEN", "sec ret", "HTTP_PORT", "0", "ADMIN_PORT", "0");
    try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
      assertThat(monitor.exitCode()).isEqualTo(1);
      assertThat(monitor.errors())
          .startsWith("Email Monitor cannot start: 6 settings are wrong or missing.")
          .contains("REDIS_PORT is \"abc\"", "EMAIL_GROUPS is not set", "AZURE_CLIENT_SECRET")
          .doesNotContain("sec ret", "Exception", "\tat ");
    }
  }

  @Test
  void signsInWithACertificate_andTellsWhyASecretIsRefused(@TempDir Path directory)
      throws Exception {
    TestCertificate certificate = new TestCertificate(directory);
    try (GraphSimulator graph =
        GraphSimulator.builder()
            .samples()
            .tls(certificate.tls())
            .app(App.withCertificate("contoso.example", "signer", certificate.publicPem()))
            .build()
            .start()) {
      Map<String, String> environment = environment(graph);
      environment.keySet().removeAll(List.of("GRAPH_AUTH", "GRAPH_STATIC_TOKEN"));
      environment.putAll(
          Map.of(
              "AZURE_AUTHORITY_HOST",
              graph.authorityHost().toString(),
              "AZURE_TENANT_ID",
              "contoso.example",
              "AZURE_CLIENT_ID",
              "signer",
              "AZURE_CLIENT_CERTIFICATE_PATH",
              certificate.pfx().toString(),
              "AZURE_CLIENT_CERTIFICATE_PASSWORD",
              TestCertificate.PASSWORD,
              "EMAIL_GROUPS",
              "orders@contoso.example",
              "JAVA_TOOL_OPTIONS",
              "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                  .formatted(certificate.pfx(), TestCertificate.PASSWORD)));
      try (MonitorProcess doctor = new MonitorProcess(directory, environment, "doctor")) {
        assertThat(doctor.exitCode()).as(doctor.output() + doctor.errors()).isZero();
        assertThat(doctor.output())
            .contains("sign-in    client-certificate as signer in tenant contoso.example, token")
            .contains("mailbox    orders@contoso.example can be read", " 0 failed");
      }

      environment.put("GRAPH_AUTH", "client-secret");
      environment.put("AZURE_CLIENT_SECRET", "no-such-s3cr3t");
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        MonitorProcess.await(PATIENCE, () -> monitor.output().contains("AADSTS7000215"));
        assertThat(monitor.health().at("/graph/message").asText())
            .contains("AADSTS7000215, AZURE_CLIENT_SECRET is not this application's secret");
        assertThat(monitor.get("/status").toString()).contains("AADSTS7000215");
        assertThat(monitor.output() + Files.readString(directory.resolve("email_monitor.log")))
            .doesNotContain("no-such-s3cr3t", "Trace ID", "\tat ");
      }
    }
  }

  @Test
  void tellsWhoHasTheLedger_whenAnotherMonitorRuns(@TempDir Path directory) throws Exception {
    Map<String, String> environment = environment("http://127.0.0.1:9/v1.0");
    try (MonitorProcess first = new MonitorProcess(directory, environment)) {
      assertThat(first.get("/status").has("status")).isTrue();
      try (MonitorProcess second = new MonitorProcess(directory, environment)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors())
            .startsWith("Email Monitor cannot start: The ledger jdbc:h2:file:")
            .doesNotContain("Exception", "\tat ");
      }
    }
  }

  @Test
  void carriesNothingThatItDoesNotNeed() throws IOException {
    try (JarFile jar = new JarFile(MonitorProcess.JAR.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains("config.yml", "io/emailmonitor/monitor/MonitorApplication.class")
          .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)|(.*/)?module-info.class"))
          .noneMatch(name -> name.matches("io/emailmonitor/(simulator|demo|worker)/.*"))
          .noneMatch(name -> name.matches("org/junit/.*|redis/embedded/.*"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
    }
  }

  private static RedisTaskQueue open(TestRedis redis) {
    return new RedisTaskQueue(redis.settings(), QueueSettings.named("email_attachments"));
  }

  private static Map<String, String> environment(GraphSimulator graph) {
    return environment(graph.baseUri().toString());
  }

  private static Map<String, String> environment(String graphUrl) {
    return new HashMap<>(
        Map.of(
            "GRAPH_BASE_URL", graphUrl,
            "GRAPH_AUTH", "static-token",
            "GRAPH_STATIC_TOKEN", "simulator-token",
            "EMAIL_GROUPS", "contoso.example",
            "POLL_INTERVAL", "1s",
            "HTTP_PORT", "0",
            "ADMIN_PORT", "0"));
  }

  /** Our own bulk, and real mail where it is present. */
  private static void deliver(GraphSimulator graph, Random random) throws IOException {
    for (int i = 0; i < MAILS; i++) {
      byte[] content = new byte[1000 + random.nextInt(20_000)];
      random.nextBytes(content);
      graph.deliver(MAILBOX.formatted(i % 3), "inbox", mail(i, content));
    }
    Path corpus = Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"));
    Path mails = corpus.resolve("eml");
    if (Files.isDirectory(mails)) {
      try (Stream<Path> files = Files.list(mails)) {
        for (Path file : files.sorted().toList()) {
          graph.deliver("corpus@contoso.example", "inbox", Files.readAllBytes(file));
        }
      }
    }
  }

  private static byte[] mail(int number, byte[] content) {
    String mail =
        """
        From: Ada <ada@partner.example>
        Subject: Bulk %1$d
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        See attached.
        --b
        Content-Type: application/pdf
        Content-Disposition: attachment; filename="bulk-%1$d.pdf"
        Content-Transfer-Encoding: base64

        %2$s
        --b
        Content-Type: text/csv
        Content-Disposition: attachment; filename="bulk-%1$d.csv"

        a,%1$d
        --b--
        """;
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    return mail.formatted(number, base64).replaceAll("\\R", "\r\n").getBytes(UTF_8);
  }

  /** What the simulator holds in the inboxes: SHA-256 by message and attachment. */
  private static Map<String, String> hashes(
      GraphSimulator graph, Predicate<AttachmentTruth> wanted) {
    Map<String, String> hashes = new HashMap<>();
    for (MessageTruth message : inboxes(graph)) {
      message.attachments().stream()
          .filter(wanted)
          .forEach(a -> hashes.put(message.id() + " " + a.id(), String.valueOf(a.sha256())));
    }
    return hashes;
  }

  private static List<MessageTruth> inboxes(GraphSimulator graph) {
    return graph.truth().mailboxes().stream()
        .flatMap(mailbox -> mailbox.folders().stream())
        .filter(folder -> folder.path().equals("inbox"))
        .flatMap(folder -> folder.messages().stream())
        .toList();
  }

  private static boolean isWanted(AttachmentTruth attachment) {
    boolean damaged = attachment.name().equals("winmail.dat") && attachment.within().isEmpty();
    return damaged || (attachment.kind().equals("file") && isWanted(attachment.name()));
  }

  private static boolean isWanted(String name) {
    return TYPES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** SHA-256 of what is taken out of other attachments. */
  private static List<String> wantedWithin(GraphSimulator graph) {
    return inboxes(graph).stream()
        .flatMap(message -> message.attachments().stream())
        .flatMap(attachment -> attachment.allWithin(false))
        .filter(within -> within.kind().equals("file") && isWanted(within.name()))
        .map(WithinTruth::sha256)
        .toList();
  }

  /** Everything as it is. */
  private static Map<String, String> onTheQueue(TestRedis redis) {
    return Map.of(
        "USE_REDIS_QUEUE", "true",
        "REDIS_PORT", "" + redis.port(),
        "FILE_TYPES", "*",
        "INLINE_ATTACHMENTS", "include",
        "UNPACK_ATTACHMENTS", "none",
        "MAX_QUEUE_SIZE", "100000");
  }

  /** Waits until every attachment has its outcome. */
  private static void awaitAll(MonitorProcess monitor, GraphSimulator graph, boolean unpacked) {
    List<AttachmentTruth> outer =
        inboxes(graph).stream().flatMap(message -> message.attachments().stream()).toList();
    long within = unpacked ? outer.stream().flatMap(a -> a.allWithin(false)).count() : 0;
    long all = outer.size() + within;
    try {
      MonitorProcess.await(
          PATIENCE, () -> monitor.get("/status").at("/totals/attachments").asInt() == all);
    } catch (AssertionError e) {
      throw new AssertionError(all + " attachments, but " + monitor.get("/status"), e);
    }
  }

  /** Empties the queue; fails if a task is there twice. */
  private static Map<String, String> contentHashes(RedisTaskQueue queue)
      throws MalformedTaskException {
    Map<String, String> hashes = new HashMap<>();
    for (Optional<ClaimedTask> next = queue.claim(); next.isPresent(); next = queue.claim()) {
      DecodedTask decoded = TaskCodec.decode(next.get().payload());
      String key = decoded.task().emailId() + " " + decoded.task().attachmentId();
      String hash = sha256(decoded.content());
      assertThat(decoded.task().extras().attachmentSha256()).isEqualTo(hash);
      assertThat(hashes.put(key, hash)).as("first of its kind: " + key).isNull();
      queue.acknowledge(next.get());
    }
    return hashes;
  }

  private static List<String> storedHashes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<String> hashes = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.add(sha256(Files.readAllBytes(file)));
      }
      return hashes;
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
