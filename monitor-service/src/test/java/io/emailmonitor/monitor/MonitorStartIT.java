package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.login.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the built jar starts, and what it says when it cannot. */
class MonitorStartIT {
  @Test
  void startsRedAndRecovers_whenGraphAndRedisComeLater(@TempDir Path directory) throws Exception {
    int graphPort = freePort();
    try (TestRedis redis = TestRedis.start()) {
      redis.kill();
      Map<String, String> environment =
          MonitorProcess.settings("http://127.0.0.1:" + graphPort + "/v1.0");
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
          monitor.awaitAll(graph, true);
          Polling.until("Redis is green", () -> monitor.health().at("/redis/healthy").asBoolean());
          Polling.until("Graph is green", () -> monitor.health().at("/graph/healthy").asBoolean());
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
      Map<String, String> environment = MonitorProcess.settings(graph);
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
        Polling.until("it says why", () -> monitor.output().contains("AADSTS7000215"));
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
    String url = "jdbc:h2:file:" + directory.resolve("ledger");
    Map<String, String> environment = MonitorProcess.settings("http://127.0.0.1:9/v1.0");
    environment.put("DATABASE_URL", url);
    try (Ledger taken = Ledger.open(url, new MetricRegistry(), Clock.systemUTC());
        MonitorProcess monitor = new MonitorProcess(directory, environment)) {
      assertThat(taken.history().mailboxes()).isEmpty();
      assertThat(monitor.exitCode()).isEqualTo(1);
      assertThat(monitor.errors())
          .startsWith("Email Monitor cannot start: The ledger jdbc:h2:file:")
          .doesNotContain("Exception", "\tat ");
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
