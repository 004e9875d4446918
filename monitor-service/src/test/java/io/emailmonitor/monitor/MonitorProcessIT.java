package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.simulator.GraphSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar against a simulated Graph and a real Redis. */
class MonitorProcessIT {
  @Test
  void storesWhatIsWanted_whenTheQueueIsOff(@TempDir Path directory) throws Exception {
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        MonitorProcess monitor = new MonitorProcess(directory, MonitorProcess.settings(graph))) {
      JsonNode report = monitor.post("/process-now?wait=30s").at("/result");
      monitor.awaitAll(graph, true);

      assertThat(report.at("/messages").asInt()).isPositive();
      assertThat(monitor.get("/redis-queue/status").at("/enabled").asBoolean(true)).isFalse();
      List<String> wanted = new ArrayList<>(Contents.hashes(graph, Contents::isWanted).values());
      wanted.addAll(Contents.wantedWithin(graph));
      assertThat(Contents.storedHashes(directory.resolve("email_attachments")))
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
        RedisTaskQueue queue = MonitorProcess.queue(redis)) {
      redis.kill();
      Map<String, String> expected = Contents.hashes(graph, a -> !a.kind().equals("reference"));
      Map<String, String> environment = MonitorProcess.settings(graph, redis);
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        monitor.awaitAll(graph, false);
        JsonNode status = monitor.get("/status");
        assertThat(status.at("/waiting/tasks").asInt()).isEqualTo(expected.size());
        assertThat(status.at("/totals/outcomes/stored").asInt()).isEqualTo(expected.size());
        String told = expected.size() + " tasks";
        Polling.until(
            "all that waits is told",
            () -> monitor.health().at("/waiting/message").asText().startsWith(told));
      }
      redis.restart();
      try (MonitorProcess monitor = new MonitorProcess(directory, environment)) {
        Polling.until(
            "all are enqueued",
            () ->
                monitor.get("/status").at("/totals/outcomes/enqueued").asInt() == expected.size());
        assertThat(Contents.contentHashes(queue)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(Contents.storedHashes(directory.resolve("email_attachments"))).isEmpty();
      }
    }
  }

  @Test
  void bringsWhatIsOlder_andEnds_whenAskedTo(@TempDir Path directory) throws Exception {
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        MonitorProcess command =
            new MonitorProcess(
                directory, MonitorProcess.settings(graph), "backfill", "--since", "2000-01-01")) {
      assertThat(command.exitCode()).as(command.output() + command.errors()).isZero();
      assertThat(command.output()).contains("mailboxes: 0 messages and 0 attachments had been");
      assertThat(Contents.storedHashes(directory.resolve("email_attachments"))).isNotEmpty();
    }
  }
}
