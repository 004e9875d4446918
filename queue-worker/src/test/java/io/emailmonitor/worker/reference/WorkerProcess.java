package io.emailmonitor.worker.reference;

import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.worker.Polling;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker as an operator runs it: the built jar in a process of its own. */
final class WorkerProcess implements AutoCloseable {
  static final Path JAR =
      Path.of(System.getProperty("worker.jar", "target/queue-worker.jar")).toAbsolutePath();

  private static final Pattern ADMIN = Pattern.compile("Started admin@.*\\{127.0.0.1:(\\d+)}");

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** {@code java -jar}, with nothing but environment variables. */
  static WorkerProcess start(Path folder, Map<String, String> environment) {
    return launch(folder, environment, List.of("-jar", JAR.toString()));
  }

  /** With the handlers of these tests beside the jar on the class path. */
  static WorkerProcess startWithTestHandlers(Path folder, Map<String, String> environment) {
    String path = JAR + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath();
    return launch(folder, environment, List.of("-cp", path, WorkerApplication.class.getName()));
  }

  private static WorkerProcess launch(
      Path folder, Map<String, String> environment, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(program);
    try {
      Path log = Files.createTempFile(folder, "worker", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      return new WorkerProcess(
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> redis(RedisSettings server, String queue) {
    return Map.of(
        "REDIS_HOST", server.host(), "REDIS_PORT", "" + server.port(), "EMAIL_QUEUE_NAME", queue);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int adminPort() {
    Polling.until(
        "the admin port in the log:\n" + log(),
        () -> ADMIN.matcher(log()).find() || !process.isAlive());
    Matcher port = ADMIN.matcher(log());
    if (!port.find()) {
      throw new AssertionError("the worker has ended:\n" + log());
    }
    return Integer.parseInt(port.group(1));
  }

  HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + adminPort() + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  int exitCode() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the worker does not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
