package io.emailmonitor.queue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A {@code redis-server} that tests can run: the one on the PATH, and those that the embedded-redis
 * artifacts carry (6.2, and where it is on the class path 7.0).
 *
 * @param version as in 7.0.15
 * @param path where it lies
 */
public record RedisProgram(String version, String path) {
  private static final Pattern VERSION = Pattern.compile("v=([0-9.]+)");

  /** The one on the PATH or, where there is none, one of those in artifacts. */
  public static RedisProgram any() {
    return Found.ALL.get(0);
  }

  /** One whose version begins like this, if there is one for this machine. */
  public static Optional<RedisProgram> ofVersion(String prefix) {
    return Found.ALL.stream().filter(found -> found.version.startsWith(prefix)).findFirst();
  }

  /** Looked for once. */
  private static final class Found {
    static final List<RedisProgram> ALL = find();

    private static List<RedisProgram> find() {
      List<RedisProgram> found = new ArrayList<>();
      onPath().flatMap(Found::tried).ifPresent(found::add);
      embedded().flatMap(Found::tried).ifPresent(found::add);
      seven().flatMap(Found::tried).ifPresent(found::add);
      if (found.isEmpty()) {
        throw new IllegalStateException(
            "there is no redis-server for this machine: put one on the PATH");
      }
      return found;
    }

    private static boolean isWindows() {
      return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    }

    private static Optional<String> onPath() {
      String path = System.getenv().getOrDefault("PATH", "");
      for (String directory : path.split(File.pathSeparator, -1)) {
        File candidate = new File(directory, isWindows() ? "redis-server.exe" : "redis-server");
        if (candidate.canExecute()) {
          return Optional.of(candidate.getPath());
        }
      }
      return Optional.empty();
    }

    private static Optional<String> embedded() {
      try {
        return Optional.of(ExecutableProvider.newJarResourceProvider().get().getPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Optional<String> seven() {
      String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
      String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
      String name = "/redis-server-7.0.15-" + system + "-" + arch;
      try (InputStream in = RedisProgram.class.getResourceAsStream(name)) {
        if (in == null || isWindows()) {
          return Optional.empty();
        }
        Path file = Files.createTempFile("redis-server-7", "");
        file.toFile().deleteOnExit();
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return file.toFile().setExecutable(true) ? Optional.of(file.toString()) : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Optional<RedisProgram> tried(String path) {
      try {
        Process process = new ProcessBuilder(path, "--version").redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(answer);
        return version.find()
            ? Optional.of(new RedisProgram(version.group(1), path))
            : Optional.empty();
      } catch (IOException e) {
        // Made for another machine, or a library is missing.
        return Optional.empty();
      }
    }
  }
}
