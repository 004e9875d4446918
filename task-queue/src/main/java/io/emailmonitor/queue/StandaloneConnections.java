package io.emailmonitor.queue;

import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** A pool of connections to one server. */
final class StandaloneConnections implements Connections {
  /** Jedis's own 8 KB double the time that claiming a task of 50 MB takes. */
  private static final String READ_BUFFER_BYTES = "262144";

  static {
    // There is no other way to say it, and it counts only until Jedis reads for the first time.
    String property = "jedis.bufferSize.input";
    if (System.getProperty(property) == null) {
      System.setProperty(property, READ_BUFFER_BYTES);
    }
  }

  private final RedisSettings settings;
  private final ConnectionPool pool;

  StandaloneConnections(RedisSettings settings) {
    this.settings = settings;
    ConnectionPoolConfig limits = new ConnectionPoolConfig();
    limits.setMaxTotal(settings.poolSize());
    limits.setMaxIdle(settings.poolSize());
    limits.setMaxWait(waitForConnection(settings));
    limits.setJmxEnabled(false);
    pool = new ConnectionPool(address(settings), clientConfig(settings), limits);
  }

  private static Duration waitForConnection(RedisSettings settings) {
    return settings.connectTimeout().plus(settings.readTimeout());
  }

  static HostAndPort address(RedisSettings settings) {
    return new HostAndPort(settings.host(), settings.port());
  }

  static DefaultJedisClientConfig clientConfig(RedisSettings settings) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // The shapes of replies that this package reads are those of RESP 2.
            .resp2()
            .connectionTimeoutMillis((int) settings.connectTimeout().toMillis())
            .socketTimeoutMillis((int) settings.readTimeout().toMillis())
            .database(settings.database())
            .clientName("email-monitor")
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .user(settings.username())
            .password(settings.password());
    if (settings.tls()) {
      // Unlike the older ssl(true), these check the host name.
      config.sslOptions(TlsStores.of(settings.tlsFiles()));
    }
    return config.build();
  }

  @Override
  public Connection borrow() {
    return pool.getResource();
  }

  @Override
  public void dropIdle() {
    pool.clear();
  }

  @Override
  public String describe() {
    return settings.describe();
  }

  @Override
  public void close() {
    pool.close();
  }
}
