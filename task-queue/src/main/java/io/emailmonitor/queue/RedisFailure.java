package io.emailmonitor.queue;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Puts in words why Redis could not be used, and what to change. */
final class RedisFailure {
  private static final String CREDENTIALS = "check REDIS_USERNAME and REDIS_PASSWORD, or REDIS_URL";

  /** What refusals begin with or hold, and what to do about them. */
  private static final Map<String, String> REFUSALS = refusals();

  private RedisFailure() {}

  private static Map<String, String> refusals() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("NOAUTH", "it wants a password and none is set: " + CREDENTIALS);
    words.put("WRONGPASS", "it does not accept the user or the password: " + CREDENTIALS);
    words.put(
        "NOPERM", "its user may not do that: allow it the commands and keys of docs/protocol.md");
    words.put(
        "OOM",
        "its memory is full: raise its maxmemory, let workers catch up, or lower MAX_QUEUE_SIZE"
            + " or MAX_QUEUE_BYTES");
    words.put("LOADING", "it is starting and still loads its data");
    words.put("READONLY", "it is a replica: point REDIS_HOST or REDIS_URL at the primary");
    words.put("MISCONF", "it cannot write to its disk and therefore takes no writes: see its log");
    words.put("NOREPLICAS", "too few of its replicas are in reach for it to take writes");
    words.put("BUSY", "it is busy with somebody's script");
    words.put("MASTERDOWN", "it is a replica that lost its primary");
    words.put("UNBLOCKED", "it has just become a replica");
    words.put("MOVED", "it is part of a cluster and the queue lives on another node");
    words.put(
        "WRONGTYPE",
        "a key of the queue holds something else: choose another EMAIL_QUEUE_NAME, or another"
            + " REDIS_DB");
    words.put("DB index is out of range", "it has no database of that number: check REDIS_DB");
    words.put("unknown command", "it lacks a command: it must be Redis 6.2 or later, or Valkey");
    words.put("max number of clients", "it has as many clients as it allows: raise its maxclients");
    return words;
  }

  static QueueUnavailableException of(String server, JedisException failure) {
    if (find(failure, InterruptedException.class).isPresent()) {
      Thread.currentThread().interrupt();
    }
    return new QueueUnavailableException("Redis at " + server + ": " + reason(failure), failure);
  }

  private static String reason(JedisException failure) {
    return find(failure, JedisDataException.class)
        .map(refusal -> refused(String.valueOf(refusal.getMessage())))
        .orElseGet(() -> unreachable(failure));
  }

  private static String refused(String message) {
    String words = " " + message.replaceAll("\\W", " ") + " ";
    for (Map.Entry<String, String> known : REFUSALS.entrySet()) {
      if (words.contains(" " + known.getKey() + " ")) {
        return known.getValue() + " (" + message + ")";
      }
    }
    return "it refused: " + message;
  }

  private static String unreachable(JedisException failure) {
    if (find(failure, UnknownHostException.class).isPresent()) {
      return "no host of that name is known: check REDIS_HOST or REDIS_URL";
    }
    if (find(failure, SSLException.class).isPresent()) {
      return "no encrypted connection ("
          + find(failure, SSLException.class).get().getMessage()
          + "): check REDIS_TLS, the server's certificate and the JVM's trust store";
    }
    if (find(failure, ConnectException.class).isPresent()) {
      return "connection refused: is it running, and are REDIS_HOST and REDIS_PORT, or REDIS_URL,"
          + " right?";
    }
    if (find(failure, SocketTimeoutException.class).isPresent()) {
      return "it did not answer in time; if it never does, check REDIS_TLS";
    }
    if (find(failure, NoSuchElementException.class).isPresent()) {
      return "all connections of this process are in use";
    }
    return "the connection was lost ("
        + failure.getMessage()
        + "); if it always is, check REDIS_TLS";
  }

  /** Looks through causes and, since a host can have several addresses, what they suppressed. */
  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      for (Throwable suppressed : at.getSuppressed()) {
        Optional<T> found = find(suppressed, type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
