package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dropwizard.testing.DropwizardTestSupport;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.queue.Work;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole monitor in this process, with a simulated Graph and a real Redis for it alone. */
final class PageSite implements AutoCloseable {
  static final String WORKER = "worker-a:4711";

  final GraphSimulator graph;
  final TestRedis redis;
  final RedisTaskQueue queue;
  private final DropwizardTestSupport<MonitorConfiguration> monitor;

  PageSite(GraphSimulator.Builder mail, Path directory, Map<String, String> more) {
    try {
      graph = mail.build().start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    redis = TestRedis.start("--maxmemory", "200mb", "--appendonly", "yes");
    queue = new RedisTaskQueue(redis.settings(), QueueSettings.named("email_attachments"));
    monitor = new DropwizardTestSupport<>(MonitorApplication.class, configuration(directory, more));
    try {
      monitor.before();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private MonitorConfiguration configuration(Path directory, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "GRAPH_BASE_URL", graph.baseUri().toString(),
                "GRAPH_AUTH", "static-token",
                "GRAPH_STATIC_TOKEN", "simulator-token",
                "EMAIL_GROUPS", "contoso.example",
                "POLL_INTERVAL", "1s",
                "HTTP_PORT", "0",
                "ADMIN_PORT", "0",
                "DATABASE_URL", "jdbc:h2:file:" + directory.resolve("ledger")));
    environment.putAll(
        Map.of(
            "USE_REDIS_QUEUE", "true",
            "REDIS_HOST", "127.0.0.1",
            "REDIS_PORT", "" + redis.port(),
            "ATTACHMENTS_DIR", directory.resolve("attachments").toString(),
            "LOG_LEVEL", "WARN",
            "LOG_FILE", "none"));
    environment.putAll(more);
    return TestSettings.of(environment);
  }

  String address() {
    return "http://127.0.0.1:" + port() + "/";
  }

  int port() {
    return monitor.getLocalPort();
  }

  /** A mail that arrives now, with one PDF. */
  void deliver(String mailbox, String from, String subject, String filename) {
    String mail =
        """
        From: %s
        Subject: %s
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        See attached.
        --b
        Content-Type: application/pdf
        Content-Disposition: attachment; filename="%s"
        Content-Transfer-Encoding: base64

        %s
        --b--
        """;
    String content =
        Base64.getMimeEncoder().encodeToString(("%PDF-1.7 " + subject).getBytes(UTF_8));
    String text = mail.formatted(from, encoded(subject), encoded(filename), content);
    graph.deliver(mailbox, "inbox", text.replaceAll("\\R", "\r\n").getBytes(UTF_8));
  }

  /** In an encoded word, which can hold anything. */
  private static String encoded(String text) {
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }

  void awaitWaiting(long tasks) {
    Polling.until(tasks + " wait", () -> queue.stats().waiting() >= tasks);
  }

  /** What a worker does: claims so many, and keeps them. */
  List<ClaimedTask> claim(int tasks) {
    List<ClaimedTask> claimed = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      claimed.add(queue.claim().orElseThrow());
    }
    return claimed;
  }

  ClaimedTask finished(ClaimedTask task, String worker) {
    return task.with(new Work(taskId(task), worker, Duration.ofMillis(340)));
  }

  static String taskId(ClaimedTask task) {
    String text = new String(task.payload(), UTF_8);
    int begin = text.indexOf("\"task_id\":\"") + 11;
    return text.substring(begin, text.indexOf('"', begin));
  }

  void announce(String worker, List<ClaimedTask> held) {
    queue.announce(
        new WorkerPresence(
            worker,
            Duration.ofMinutes(92),
            4,
            held.size(),
            held.stream()
                .map(
                    task ->
                        new WorkerPresence.Holding(
                            task.claimId(), taskId(task), task.attempt(), Duration.ofMillis(2300)))
                .toList()));
  }

  /** Takes one and gives it up. */
  String bury(String reason) {
    ClaimedTask task = queue.claim().orElseThrow();
    queue.bury(finished(task, WORKER), reason);
    return task.claimId();
  }

  Optional<String> deadReason() {
    return queue.dead(0, 1).stream().findFirst().map(dead -> dead.reason());
  }

  @Override
  public void close() {
    monitor.after();
    queue.close();
    redis.close();
    graph.close();
  }
}
