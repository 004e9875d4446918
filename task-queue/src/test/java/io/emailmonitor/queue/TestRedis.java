package io.emailmonitor.queue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis server as a child process, on a free port of the loopback address, with a data
 * directory of its own. Ends with {@link #close}, at the latest with this JVM.
 */
public final class TestRedis implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final RedisProgram program;
  private final Path directory;
  private final List<String> options;
  private final int port;
  private @Nullable Process process;

  private TestRedis(RedisProgram program, List<String> options) {
    this.program = program;
    this.options = options;
    try {
      directory = Files.createTempDirectory("test-redis");
      port = freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-redis-end"));
    launch();
  }

  /** Starts a server that keeps nothing on disk, with further options such as "--requirepass x". */
  public static TestRedis start(String... options) {
    return start(RedisProgram.any(), options);
  }

  /** The same with that program. */
  public static TestRedis start(RedisProgram program, String... options) {
    List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
    for (String option : options) {
      all.addAll(List.of(option.split(" ", -1)));
    }
    return new TestRedis(program, all);
  }

  /** Starts a server that has everything on disk before it answers. */
  public static TestRedis startDurable() {
    return new TestRedis(
        RedisProgram.any(),
        List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
  }

  public int port() {
    return port;
  }

  /** How to reach it without credentials, with short timeouts. */
  public RedisSettings settings() {
    return RedisSettings.ofParts("127.0.0.1", port, 0, null, null, false)
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  /** Ends it as a crash does; its data directory stays. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running);
      process = null;
    }
  }

  /** Starts it again after {@link #kill}, on the same port and data. */
  public void restart() {
    kill();
    launch();
  }

  /** Freezes it: it keeps its connections and answers nothing. */
  public void pause() {
    signal("STOP");
  }

  /** Ends {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the server is not running");
    }
    Signals.send(running, name);
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      // It was closed before; what is left of a temporary directory harms nobody.
      return;
    }
  }

  private void launch() {
    List<String> command = new ArrayList<>();
    command.add(program.path());
    command.addAll(
        List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", directory.toString()));
    command.addAll(options);
    Path log = directory.resolve("redis.log");
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = started;
      awaitAnswer(started, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Process started, Path log) throws IOException {
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (!answers()) {
      if (!started.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("redis-server does not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean answers() {
    try (Connection connection = new Connection("127.0.0.1", port)) {
      connection.connect();
      return connection.ping();
    } catch (JedisException e) {
      String message = String.valueOf(e.getMessage());
      return message.startsWith("NOAUTH");
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
