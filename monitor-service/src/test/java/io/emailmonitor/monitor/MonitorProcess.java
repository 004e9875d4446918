package io.emailmonitor.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process of its own, with environment variables for its only settings. */
final class MonitorProcess implements AutoCloseable {
  static final Path JAR = Path.of("target", "monitor-service.jar").toAbsolutePath();
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path output;
  private final Path errors;
  private final Process process;
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
    if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
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
      return new ObjectMapper().readTree(body);
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
    Pattern started = Pattern.compile("Started " + connector + "@.*\\{127\\.0\\.0\\.1:(\\d+)}");
    int[] port = {0};
    await(
        START_LIMIT,
        () -> {
          Matcher line = started.matcher(output());
          port[0] = runs() && line.find() ? Integer.parseInt(line.group(1)) : 0;
          return port[0] != 0;
        });
    return port[0];
  }

  /** Looks again and again until it is true. */
  static void await(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it has not come true within " + limit);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly();
    await(START_LIMIT, () -> !process.isAlive());
  }
}
