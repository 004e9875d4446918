package io.emailmonitor.queue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Redis as people run it: a container of its official image, or of the one that the environment
 * variable {@code REDIS_IMAGE} names. Started once; ends with this JVM.
 */
final class RedisImage {
  private static final int PORT = 6379;

  /** Enough to fetch the image; who has no way to a registry should not wait for ever. */
  private static final int PATIENCE_SECONDS = 30;

  private RedisImage() {}

  /** Where the server is; empty where no Docker answers or the image is not to be had. */
  static Optional<RedisSettings> server() {
    return Started.SERVER;
  }

  private static final class Started {
    static final Optional<RedisSettings> SERVER = start();

    private static Optional<RedisSettings> start() {
      if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
        return Optional.empty();
      }
      try {
        return CompletableFuture.supplyAsync(RedisImage::container)
            .completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        return Optional.empty();
      }
    }
  }

  private static Optional<RedisSettings> container() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.empty();
    }
    String image = System.getenv().getOrDefault("REDIS_IMAGE", "redis:7-alpine");
    GenericContainer<?> redis =
        new GenericContainer<>(DockerImageName.parse(image))
            .withExposedPorts(PORT)
            .withCommand("redis-server", "--save", "", "--protected-mode", "no")
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
    redis.start();
    Runtime.getRuntime().addShutdownHook(new Thread(redis::stop, "redis-image-end"));
    return Optional.of(
        RedisSettings.ofParts(redis.getHost(), redis.getMappedPort(PORT), 0, null, null, false));
  }
}
