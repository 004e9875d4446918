package io.emailmonitor.queue;

import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Holds conversations with the server and says in words when one fails. Connects when it is first
 * asked to and again after every loss. Safe for use by any number of threads.
 */
final class Redis implements AutoCloseable {
  private final Connections connections;

  Redis(Connections connections) {
    this.connections = connections;
  }

  /**
   * Runs a conversation on a connection of its own.
   *
   * @throws QueueUnavailableException if it fails; how far it got is then unknown
   */
  <T> T call(Function<Wire, T> conversation) {
    try (Connection connection = connections.borrow()) {
      return call(connection, conversation);
    } catch (JedisException e) {
      // The other connections lead to the same server, which may have gone or become a replica.
      connections.dropIdle();
      throw RedisFailure.of(connections.describe(), e);
    }
  }

  private static <T> T call(Connection connection, Function<Wire, T> conversation) {
    boolean finished = false;
    try {
      T result = conversation.apply(new Wire(connection));
      finished = true;
      return result;
    } finally {
      if (!finished) {
        // Replies may be left unread and keys watched: nobody must continue there.
        connection.setBroken();
      }
    }
  }

  String describe() {
    return connections.describe();
  }

  @Override
  public void close() {
    connections.close();
  }
}
