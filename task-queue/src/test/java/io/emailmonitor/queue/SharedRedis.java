package io.emailmonitor.queue;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which Redis the tests of this JVM share: the server that the system property or
 * environment variable {@code REDIS_TEST_URL} names; else a container of Redis's own image, where
 * Docker answers and Testcontainers is on the class path; else a {@code redis-server} on the PATH;
 * else the one that the embedded-redis artifact carries. There always is one, so nothing is
 * skipped.
 */
final class SharedRedis {
  private SharedRedis() {}

  static RedisSettings settings() {
    return Chosen.SETTINGS;
  }

  /** The first that there is. */
  static RedisSettings choose(
      String url, Supplier<Optional<RedisSettings>> image, Supplier<RedisSettings> program) {
    return url.isEmpty() ? image.get().orElseGet(program) : RedisSettings.ofUrl(url);
  }

  private static Optional<RedisSettings> image() {
    try {
      return RedisImage.server();
    } catch (NoClassDefFoundError e) {
      // Only the module of the queue itself is tested with Testcontainers.
      return Optional.empty();
    }
  }

  /** Chosen once. */
  private static final class Chosen {
    static final RedisSettings SETTINGS =
        choose(
            System.getProperty(
                "REDIS_TEST_URL", System.getenv().getOrDefault("REDIS_TEST_URL", "")),
            SharedRedis::image,
            () -> TestRedis.start().settings());
  }
}
