package io.emailmonitor.queue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** The queue's keys seen by a foreign client, as tests need it. */
public final class TestKeys {
  private TestKeys() {}

  /** A plain client of the server, as foreign producers and consumers have one. */
  public static RedisClient client(RedisSettings server) {
    return RedisClient.builder()
        .hostAndPort(StandaloneConnections.address(server))
        .clientConfig(StandaloneConnections.clientConfig(server))
        .build();
  }

  /** All keys that belong to a queue. */
  public static Set<String> of(RedisSettings server, String queue) {
    try (RedisClient client = client(server)) {
      Set<String> keys = client.keys("{" + queue + "}:*");
      if (client.exists(queue)) {
        keys.add(queue);
      }
      return keys;
    }
  }

  /** Sends one command on a connection of its own. */
  static @Nullable Object call(RedisSettings server, Command command, Object... arguments) {
    try (Connection connection =
        new Connection(
            StandaloneConnections.address(server), StandaloneConnections.clientConfig(server))) {
      return new Wire(connection).call(command, arguments);
    }
  }

  static void delete(RedisSettings server, String queue) {
    Set<String> keys = of(server, queue);
    if (!keys.isEmpty()) {
      try (RedisClient client = client(server)) {
        client.del(keys.toArray(String[]::new));
      }
    }
  }
}
