package io.emailmonitor.worker.reference;

import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.worker.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker as an operator runs it: the built jar in a process of its own. */
public final class WorkerProcess implements AutoCloseable {
  public static final Path JAR =
      Path.of(System.getProperty("worker.jar", "target/queue-worker.jar")).toAbsolutePath();

  private static final Pattern ADMIN = Pattern.compile("Started admin@.*\\{127.0.0.1:(\\d+)}");

  private final JavaProcess process;

  private WorkerProcess(JavaProcess process) {
    this.process = process;
  }

  /** {@code java -jar}, with nothing but environment variables. */
  static WorkerProcess start(Path folder, Map<String, String> environment) {
    return new WorkerProcess(JavaProcess.ofJar(folder, environment, JAR));
  }

  /** With the handlers of these tests beside the jar on the class path. */
  public static WorkerProcess startWithTestHandlers(Path folder, Map<String, String> environment) {
    List<Path> classPath = List.of(JAR, Path.of("target/test-classes").toAbsolutePath());
    return new WorkerProcess(
        JavaProcess.ofClass(folder, environment, classPath, WorkerApplication.class));
  }

  static Map<String, String> redis(RedisSettings server, String queue) {
    return Map.of(
        "REDIS_HOST", server.host(), "REDIS_PORT", "" + server.port(), "EMAIL_QUEUE_NAME", queue);
  }

  /** The process itself, for pausing it or ending it. */
  public JavaProcess process() {
    return process;
  }

  String log() {
    return process.log();
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

  /** What the admin port answers, as soon as it is open. */
  public HttpResponse<String> get(String path) {
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

  void kill() {
    process.kill();
  }

  int terminate() {
    return process.terminate();
  }

  int exitCode() {
    return process.exitCode();
  }

  @Override
  public void close() {
    kill();
  }
}
