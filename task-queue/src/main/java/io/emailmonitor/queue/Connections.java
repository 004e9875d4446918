package io.emailmonitor.queue;

import redis.clients.jedis.Connection;

/**
 * Lends connections to the server that holds the queue: the one place that knows how the servers
 * are arranged. Safe for use by any number of threads.
 */
interface Connections extends AutoCloseable {
  /** Lends a connection; closing it gives it back. Connects only now. */
  Connection borrow();

  /** Closes the connections that lie idle, so that later ones are made anew. */
  void dropIdle();

  /** Where the server is, for messages. */
  String describe();

  @Override
  void close();
}
