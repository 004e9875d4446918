package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.service.metrics.Promtool;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, killed at any moment, with as much mail as takes it some time. */
class MonitorKillIT {
  private static final String MAILBOX = "bulk%d@contoso.example";
  private static final int MAILS = 240;
  private static final int KILLS = 5;

  @Test
  void putsEveryAttachmentOnTheQueueOnce_thoughItIsKilledAgainAndAgain(@TempDir Path directory)
      throws Exception {
    Random random = new Random(20260301);
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        TestRedis redis = TestRedis.start();
        RedisTaskQueue queue = MonitorProcess.queue(redis)) {
      deliver(graph, random);
      Map<String, String> expected = Contents.hashes(graph, a -> !a.kind().equals("reference"));
      Map<String, String> environment = MonitorProcess.settings(graph, redis);

      for (int kill = 0; kill < KILLS; kill++) {
        long enough = (expected.size() * (kill * 10L + random.nextInt(10))) / ((KILLS + 1) * 10);
        try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
          long before = queue.stats().waiting();
          Polling.until("it works", () -> monitor.runs() && queue.stats().waiting() > before);
          // Looks anew, and so more often, not to miss the moment.
          Polling.until(
              "there is enough", () -> monitor.runs() && queue.stats().waiting() > enough);
        }
      }
      assertThat(queue.stats().waiting()).as("there is work left").isLessThan(expected.size());
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        monitor.awaitAll(graph, false);
        assertThat(monitor.get("/status").at("/status").asText()).isEqualTo("ok");
        assertThat(monitor.output())
            .contains("Redis keeps nothing on disk", "Redis has no maxmemory");
        assertThat(monitor.health().at("/redis/message").asText())
            .contains("Redis keeps nothing on disk", "Redis has no maxmemory");
        assertThat(Contents.contentHashes(queue)).containsExactlyInAnyOrderEntriesOf(expected);
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
    Polling.until("it is there again", () -> monitor.runs() && queue.stats().waiting() == 1);
    assertThat(Contents.contentHashes(queue))
        .isEqualTo(Map.of(key, String.valueOf(expected.get(key))));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, UTF_8);
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
}
