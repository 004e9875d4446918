package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process of its own, with environment variables for its only settings. */
final class MonitorProcess implements AutoCloseable {
  static final Path JAR = Path.of("target", "monitor-service.jar").toAbsolutePath();
  private static final long END_LIMIT = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path output;
  private final Path errors;
  private final Process process;
  private final Map<String, Integer> ports = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts it in a directory, which may hold what an earlier one left. */
  MonitorProcess(Path directory, Map<String, String> environment, String... arguments) {
    try {
      output = Files.createTempFile(directory, "out", ".txt");
      errors = Files.createTempFile(directory, "err", ".txt");
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command =
          new ArrayList<>(
              List.of(
                  java,
                  "-Xmx192m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  JAR.toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads these mailboxes. */
  static Map<String, String> settings(GraphSimulator graph) {
    return settings(graph.baseUri().toString());
  }

  /** Reads the mailboxes that are there. */
  static Map<String, String> settings(String graphUrl) {
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

  /** Reads these mailboxes and hands everything on as it is. */
  static Map<String, String> settings(GraphSimulator graph, TestRedis redis) {
    Map<String, String> settings = settings(graph);
    settings.putAll(
        Map.of(
            "USE_REDIS_QUEUE", "true",
            "REDIS_PORT", "" + redis.port(),
            "FILE_TYPES", "*",
            "INLINE_ATTACHMENTS", "include",
            "UNPACK_ATTACHMENTS", "none",
            "MAX_QUEUE_SIZE", "100000"));
    return settings;
  }

  /** The queue of {@link #settings(GraphSimulator, TestRedis)}. */
  static RedisTaskQueue queue(TestRedis redis) {
    return new RedisTaskQueue(redis.settings(), QueueSettings.named("email_attachments"));
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True; fails when it has ended. */
  boolean runs() {
    if (!process.isAlive()) {
      throw new AssertionError("it has ended:\n" + output() + errors());
    }
    return true;
  }

  /** Waits for it to end by itself. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(END_LIMIT, TimeUnit.SECONDS)) {
      throw new AssertionError("it runs on:\n" + output() + errors());
    }
    return process.exitValue();
  }

  JsonNode get(String path) {
    return ask("application", "GET", path);
  }

  JsonNode post(String path) {
    return ask("application", "POST", path);
  }

  /** What Prometheus is shown. */
  String metrics() {
    return text("admin", "GET", "/metrics/prometheus");
  }

  JsonNode health() {
    return ask("admin", "GET", "/healthcheck");
  }

  private JsonNode ask(String connector, String method, String path) {
    String body = text(connector, method, path);
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }

  private String text(String connector, String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port(connector) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(output() + errors(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The port is any free one, and the log says which. */
  private int port(String connector) {
    return ports.computeIfAbsent(connector, this::awaitPort);
  }

  private int awaitPort(String connector) {
    Pattern started = Pattern.compile("Started " + connector + "@.*\\{127\\.0\\.0\\.1:(\\d+)}");
    Polling.until("it listens", () -> runs() && started.matcher(output()).find());
    Matcher line = started.matcher(output());
    assertThat(line.find()).isTrue();
    return Integer.parseInt(line.group(1));
  }

  /** Waits until every attachment has its outcome. */
  void awaitAll(GraphSimulator graph, boolean unpacked) {
    List<AttachmentTruth> outer =
        Contents.inboxes(graph).stream().flatMap(mail -> mail.attachments().stream()).toList();
    long within = unpacked ? outer.stream().flatMap(a -> a.allWithin(false)).count() : 0;
    long all = outer.size() + within;
    Polling.until("it listens", () -> get("/status").has("totals"));
    try {
      Polling.until(
          all + " attachments", () -> get("/status").at("/totals/attachments").asInt() == all);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", but " + get("/status"), e);
    }
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
