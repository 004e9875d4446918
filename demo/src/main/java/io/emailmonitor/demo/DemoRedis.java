package io.emailmonitor.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis of a demo: the one that {@code REDIS_URL} names, or a real server of its own on a free
 * port of loopback, from the binary that the embedded-redis artifact carries.
 *
 * @param description for the user, without a password
 */
record DemoRedis(String url, String description) {
  static DemoRedis given(String url) {
    URI uri = URI.create(url);
    return new DemoRedis(url, uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort()));
  }

  static DemoRedis start(ChildProcesses processes, Path directory) throws IOException {
    int port = freePort();
    List<String> command =
        List.of(
            executable(directory),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--maxmemory-policy",
            "noeviction");
    processes.start("redis", directory, Map.of(), command);
    return new DemoRedis("redis://127.0.0.1:" + port, "127.0.0.1:" + port + " (embedded)");
  }

  private static String executable(Path directory) throws IOException {
    try {
      String embedded =
          ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getAbsolutePath();
      if (runs(embedded)) {
        return embedded;
      }
    } catch (IOException | RuntimeException e) {
      // No binary for this system: the installed one may do.
    }
    if (runs("redis-server")) {
      return "redis-server";
    }
    throw new DemoException(
        "The embedded Redis does not run on this system and no 'redis-server' is installed."
            + " Install one, or set REDIS_URL to a Redis that may be used.");
  }

  private static boolean runs(String executable) throws IOException {
    try {
      Process process =
          new ProcessBuilder(executable, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
