package io.emailmonitor.demo;

import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The running system: Redis, simulated mailboxes, the monitor and the workers, all in one working
 * directory.
 */
final class Installation implements Closeable {
  private static final Path MONITOR_JAR = Path.of("monitor-service/target/monitor-service.jar");
  private static final Path WORKER_JAR = Path.of("queue-worker/target/queue-worker.jar");
  private static final Duration NEW_MAIL_EVERY = Duration.ofSeconds(5);
  private static final int USUAL_PORT = 8000;

  private final Path directory;
  private final ChildProcesses processes;
  private final GraphSimulator mailboxes;
  private final DemoRedis redis;
  private final Monitor monitor;

  private Installation(Options options, Path directory, ChildProcesses processes)
      throws IOException {
    this.directory = directory;
    this.processes = processes;
    String given = System.getenv().getOrDefault("REDIS_URL", "");
    this.redis = given.isBlank() ? DemoRedis.start(processes, directory) : DemoRedis.given(given);
    this.mailboxes = mailboxes(options).start();
    this.monitor = startMonitor();
    for (int i = 1; i <= options.workers(); i++) {
      startWorker(i);
    }
  }

  static Installation start(Options options, Path directory) throws IOException {
    ChildProcesses processes = new ChildProcesses(directory.toString());
    try {
      return new Installation(options, directory, processes);
    } catch (IOException | RuntimeException e) {
      processes.close();
      throw e;
    }
  }

  private static GraphSimulator.Builder builder(Options options) {
    GraphSimulator.Builder builder = GraphSimulator.builder().token(UUID.randomUUID().toString());
    if (options.mails().isPresent()) {
      builder.data(options.mails().get());
    } else {
      builder.samples();
    }
    return options.once() ? builder : builder.newMailEvery(NEW_MAIL_EVERY);
  }

  private static GraphSimulator mailboxes(Options options) throws IOException {
    return builder(options).build();
  }

  private Monitor startMonitor() throws IOException {
    int port = freePort(USUAL_PORT);
    Map<String, String> environment = new HashMap<>(queueEnvironment());
    environment.put("GRAPH_BASE_URL", mailboxes.baseUri().toString());
    environment.put("GRAPH_AUTH", "static-token");
    environment.put("GRAPH_STATIC_TOKEN", mailboxes.token());
    environment.put("EMAIL_GROUPS", addresses());
    environment.put("MAIL_FOLDERS", folders());
    environment.put("POLL_INTERVAL", "2s");
    environment.put("USE_REDIS_QUEUE", "true");
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("ADMIN_PORT", "0");
    processes.start("monitor", directory, environment, java(MONITOR_JAR));
    return new Monitor(port);
  }

  private void startWorker(int number) throws IOException {
    Map<String, String> environment = new HashMap<>(queueEnvironment());
    environment.put("WORKER_HANDLER", "save");
    environment.put("OUTPUT_DIR", output().toString());
    processes.start("worker-" + number, directory, environment, java(WORKER_JAR));
  }

  private Map<String, String> queueEnvironment() {
    return Map.of("REDIS_URL", redis.url(), "EMAIL_QUEUE_NAME", queue());
  }

  /** A queue of its own, so that the demo can use a Redis that serves others too. */
  private String queue() {
    return "demo-" + directory.getFileName();
  }

  private List<String> java(Path jar) {
    return List.of(
        ChildProcesses.java(),
        "-Ddemo.directory=" + directory,
        "-Xmx512m",
        "-jar",
        jar.toAbsolutePath().toString());
  }

  private static int freePort(int wanted) throws IOException {
    return DemoRedis.isFree(wanted) ? wanted : DemoRedis.freePort();
  }

  private String addresses() {
    return mailboxes.truth().mailboxes().stream()
        .map(Truth.MailboxTruth::address)
        .collect(Collectors.joining(","));
  }

  /** The folders at the top with all below them, which not every mailbox has. */
  private String folders() {
    return mailboxes.truth().mailboxes().stream()
        .flatMap(mailbox -> mailbox.folders().stream())
        .map(folder -> folder.path().split("/", 2)[0] + "/**")
        .distinct()
        .collect(Collectors.joining(","));
  }

  Path directory() {
    return directory;
  }

  Path output() {
    return directory.resolve("output");
  }

  Monitor monitor() {
    return monitor;
  }

  DemoRedis redis() {
    return redis;
  }

  Truth truth() {
    return mailboxes.truth();
  }

  /** Fails if a process has ended that should not have. */
  void check() {
    processes.check();
  }

  @Override
  public void close() throws IOException {
    processes.close();
    mailboxes.close();
  }
}
