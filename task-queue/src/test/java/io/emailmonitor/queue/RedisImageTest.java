package io.emailmonitor.queue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

/**
 * The queue keeps its promises on the image that docker-compose.yml runs; a build server without
 * Docker, which must not skip anything, has another server for it.
 */
class RedisImageTest extends RedisTaskQueueTest {

  @BeforeAll
  static void needsDocker() {
    assumeTrue(
        RedisImage.server().isPresent() || "true".equals(System.getenv("CI")),
        "no Docker answers, or it has no way to the image of Redis");
  }

  @Override
  RedisExtension redis() {
    return RedisExtension.onImage();
  }
}
