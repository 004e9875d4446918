package io.emailmonitor.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/**
 * Gives each test a queue of its own on a real Redis that all tests of the JVM share, see {@link
 * SharedRedis}. Register it as a field that is not static.
 */
public final class RedisExtension implements BeforeEachCallback, AfterEachCallback {
  private final List<RedisTaskQueue> open = new ArrayList<>();
  private String name = "";

  /** Where the shared server is. */
  public RedisSettings server() {
    return SharedRedis.settings();
  }

  /** The queue of the running test. */
  public QueueSettings settings() {
    return QueueSettings.named(name);
  }

  /** Opens the test's queue; it is closed after the test. */
  public RedisTaskQueue open() {
    return open(settings());
  }

  /** Opens a queue with other settings; it is closed after the test. */
  public RedisTaskQueue open(QueueSettings settings) {
    RedisTaskQueue queue = new RedisTaskQueue(server(), settings);
    open.add(queue);
    return queue;
  }

  /** Returns when that much time has passed on the server, whose clock decides about leases. */
  public void outlast(Duration time) {
    try (Connection connection =
        new Connection(
            StandaloneConnections.address(server()),
            StandaloneConnections.clientConfig(server()))) {
      Wire wire = new Wire(connection);
      long end = micros(wire) + time.toNanos() / 1000;
      Polling.until("the server's time", () -> micros(wire) >= end);
    }
  }

  private static long micros(Wire wire) {
    List<?> time = Reply.list(wire.call(Protocol.Command.TIME));
    return Reply.number(time.get(0)) * 1_000_000 + Reply.number(time.get(1));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    name = "test-" + UUID.randomUUID();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    open.forEach(RedisTaskQueue::close);
    open.clear();
    TestKeys.delete(server(), name);
  }
}
