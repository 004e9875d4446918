package io.emailmonitor.queue;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to talk to it. Its text form holds no password.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param database number of the database
 * @param username the ACL user; null for the default one
 * @param password null for none
 * @param tls whether the connection is encrypted, with the server's certificate and name checked
 * @param tlsFiles whom such a connection trusts, and as whom it shows itself
 * @param connectTimeout for opening a connection
 * @param readTimeout for each wait on the server's answer
 * @param poolSize connections at most; every thread that waits for work holds one
 */
public record RedisSettings(
    String host,
    int port,
    int database,
    @Nullable String username,
    @Nullable String password,
    boolean tls,
    RedisTls tlsFiles,
    Duration connectTimeout,
    Duration readTimeout,
    int poolSize) {

  /** The default of {@link #host()}. */
  public static final String DEFAULT_HOST = "localhost";

  /** The default of {@link #port()}. */
  public static final int DEFAULT_PORT = 6379;

  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Jedis's own 2 s are too short for a server that is busy with 67 MB items. */
  private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(15);

  private static final int DEFAULT_POOL_SIZE = 8;
  private static final String URL_FORM =
      "; it must look like redis://user:password@host:6379/0, or rediss:// for TLS,"
          + " with special characters in user and password percent-encoded";

  public RedisSettings {
    require(!host.isBlank(), "REDIS_HOST is empty; it must be a host name or an address");
    require(port >= 1 && port <= 65535, "REDIS_PORT is " + port + "; it must be 1 to 65535");
    require(database >= 0, "REDIS_DB is " + database + "; it must be 0 or more");
    username = username == null || username.isEmpty() ? null : username;
    password = password == null || password.isEmpty() ? null : password;
    require(
        username == null || password != null,
        "REDIS_USERNAME is set, but REDIS_PASSWORD is not; set both or neither");
    require(
        tls || tlsFiles.equals(RedisTls.DEFAULT),
        "REDIS_TLS_CA or REDIS_TLS_CERT is set, but the connection is not encrypted: set REDIS_TLS to"
            + " true, or begin REDIS_URL with rediss://");
    require(
        connectTimeout.toMillis() >= 1 && readTimeout.toMillis() >= 1,
        "The timeouts for Redis must be at least 1 ms");
    require(poolSize >= 1, "The number of connections to Redis must be at least 1");
  }

  /**
   * From the parts.
   *
   * @throws IllegalArgumentException naming the setting, what is wrong with it and what is allowed
   */
  public static RedisSettings ofParts(
      String host,
      int port,
      int database,
      @Nullable String username,
      @Nullable String password,
      boolean tls) {
    return new RedisSettings(
        host,
        port,
        database,
        username,
        password,
        tls,
        RedisTls.DEFAULT,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_READ_TIMEOUT,
        DEFAULT_POOL_SIZE);
  }

  /**
   * From a URL: {@code redis://} or, for TLS, {@code rediss://}.
   *
   * @throws IllegalArgumentException naming REDIS_URL, what is wrong with it and what is allowed;
   *     never with the URL itself, which may hold a password
   */
  public static RedisSettings ofUrl(String url) {
    URI uri = parse(url);
    String scheme = String.valueOf(uri.getScheme());
    require(
        scheme.equals("redis") || scheme.equals("rediss"),
        "REDIS_URL does not begin with redis:// or rediss://" + URL_FORM);
    require(uri.getHost() != null, "REDIS_URL names no host" + URL_FORM);
    String host = String.valueOf(uri.getHost()).replaceAll("^\\[|\\]$", "");
    int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    require(
        port >= 1 && port <= 65535, "REDIS_URL has the port " + port + "; it must be 1 to 65535");
    String[] user = credentials(uri.getRawUserInfo());
    return ofParts(host, port, database(uri), user[0], user[1], scheme.equals("rediss"));
  }

  private static URI parse(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException e) {
      // The exception quotes its input, password included.
      throw new IllegalArgumentException("REDIS_URL is not a URL" + URL_FORM);
    }
  }

  /** User and password; a name without a colon is a user, as in every URL. */
  private static String[] credentials(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return new String[] {"", ""};
    }
    int colon = userInfo.indexOf(':');
    require(
        colon >= 0,
        "REDIS_URL has a user but no password; write redis://:password@host for the default user");
    return new String[] {
      percentDecoded(userInfo.substring(0, colon)), percentDecoded(userInfo.substring(colon + 1))
    };
  }

  private static String percentDecoded(String text) {
    // URLDecoder is made for forms, where a plus sign means a space.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static int database(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    require(
        path.matches("\\d{0,4}"),
        "REDIS_URL has the path '/" + path + "'; it must be empty or a database number such as /0");
    return path.isEmpty() ? 0 : Integer.parseInt(path);
  }

  /** The same server with other files for the encrypted connection. */
  public RedisSettings withTls(RedisTls files) {
    return copy(files, connectTimeout, readTimeout, poolSize);
  }

  /** The same server with other timeouts. */
  public RedisSettings withTimeouts(Duration connect, Duration read) {
    return copy(tlsFiles, connect, read, poolSize);
  }

  /** The same server with another number of connections at most. */
  public RedisSettings withPoolSize(int connections) {
    return copy(tlsFiles, connectTimeout, readTimeout, connections);
  }

  private RedisSettings copy(RedisTls files, Duration connect, Duration read, int connections) {
    return new RedisSettings(
        host, port, database, username, password, tls, files, connect, read, connections);
  }

  /** Where Redis is, for messages: without credentials. */
  public String describe() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (tls ? "rediss://" : "redis://") + shownHost + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return describe()
        + (username == null ? "" : " as " + username)
        + (password == null ? " without password" : " with password");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
