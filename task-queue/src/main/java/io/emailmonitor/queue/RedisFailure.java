package io.emailmonitor.queue;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Puts in words why Redis could not be used, and what to change. */
final class RedisFailure {
  private static final String CREDENTIALS = "check REDIS_USERNAME and REDIS_PASSWORD, or REDIS_URL";

  /** The server's own words come too late to be read, if it says any. */
  private static final String CLIENT_CERTIFICATE =
      "it may want a client certificate that it trusts: check REDIS_TLS_CERT and REDIS_TLS_KEY";

  private static final int LONGEST = 80;

  private static final Pattern FORBIDDEN_COMMAND = Pattern.compile("'([\\w|-]+)' command");

  /** What refusals begin with or hold, and what to do about them. */
  private static final Map<String, String> REFUSALS = refusals();

  private RedisFailure() {}

  private static Map<String, String> refusals() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("NOAUTH", "it wants a password and none is set: " + CREDENTIALS);
    words.put("WRONGPASS", "it does not accept the user or the password: " + CREDENTIALS);
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
    boolean tls = server.startsWith("rediss:");
    return new QueueUnavailableException(
        "Redis at " + server + ": " + reason(failure, tls), failure);
  }

  private static String reason(JedisException failure, boolean tls) {
    return find(failure, JedisDataException.class)
        .map(refusal -> refused(String.valueOf(refusal.getMessage())))
        .orElseGet(() -> unreachable(failure, tls));
  }

  private static String refused(String message) {
    if (message.startsWith("NOPERM")) {
      return forbidden(message);
    }
    String words = " " + message.replaceAll("\\W", " ") + " ";
    for (Map.Entry<String, String> known : REFUSALS.entrySet()) {
      if (words.contains(" " + known.getKey() + " ")) {
        return known.getValue() + " (" + shortened(message) + ")";
      }
    }
    return "it refused: " + message;
  }

  /** Some servers explain themselves at length. */
  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }

  /** Names what to allow. */
  private static String forbidden(String message) {
    Matcher command = FORBIDDEN_COMMAND.matcher(message);
    return "its user may not do that ("
        + message
        + "). This helps: ACL SETUSER <user>"
        + (command.find()
            ? " +" + command.group(1).toLowerCase(Locale.ROOT)
            : " ~<queue> ~{<queue>}:*")
        + "; docs/protocol.md lists all that it needs";
  }

  private static String unreachable(JedisException failure, boolean tls) {
    if (find(failure, UnknownHostException.class).isPresent()) {
      return "no host of that name is known: check REDIS_HOST or REDIS_URL";
    }
    if (find(failure, SSLException.class).isPresent()) {
      return "no encrypted connection: "
          + insecure(failure, find(failure, SSLException.class).get());
    }
    if (find(failure, ConnectException.class).isPresent()) {
      return "connection refused: is it running, and are REDIS_HOST and REDIS_PORT, or REDIS_URL,"
          + " right?";
    }
    if (find(failure, SocketTimeoutException.class).isPresent()) {
      return "it did not answer in time"
          + (tls ? "; if it never does, that port may not be the one for TLS" : "");
    }
    if (find(failure, NoSuchElementException.class).isPresent()) {
      return "all connections of this process are in use";
    }
    return "the connection was lost ("
        + failure.getMessage()
        + "); if it always is, "
        + (tls
            ? CLIENT_CERTIFICATE
            : "that port may be one for TLS: set REDIS_TLS to true, or begin REDIS_URL with"
                + " rediss://");
  }

  private static String insecure(JedisException failure, SSLException e) {
    String message = String.valueOf(e.getMessage());
    if (find(failure, CertificateExpiredException.class).isPresent()) {
      return "the server's certificate has expired (" + message + ")";
    }
    if (message.contains("subject alternative") || message.contains("No name matching")) {
      return "the server's certificate is for another host ("
          + message
          + "): put a name that it holds into REDIS_HOST or REDIS_URL";
    }
    if (message.contains("PKIX")) {
      return "the server's certificate is not trusted ("
          + message
          + "): set REDIS_TLS_CA to the file of the authority that signed it";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "that port does not speak TLS: check REDIS_PORT and REDIS_TLS, or REDIS_URL";
    }
    return message
        + (message.contains("fatal alert") && !message.contains("protocol_version")
            ? "; " + CLIENT_CERTIFICATE
            : "");
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
