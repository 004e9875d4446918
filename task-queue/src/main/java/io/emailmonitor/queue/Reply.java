package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads the parts of a reply; a reply that is an error is thrown. */
final class Reply {
  private Reply() {}

  static @Nullable Object checked(@Nullable Object reply) {
    if (reply instanceof JedisDataException error) {
      throw error;
    }
    return reply;
  }

  /** A number; 0 for no value. */
  static long number(@Nullable Object reply) {
    Object value = checked(reply);
    if (value instanceof byte[] digits) {
      return Long.parseLong(new String(digits, UTF_8));
    }
    return value == null ? 0 : (Long) value;
  }

  static boolean yes(@Nullable Object reply) {
    return number(reply) == 1;
  }

  static byte @Nullable [] bytes(@Nullable Object reply) {
    return (byte[]) checked(reply);
  }

  /** An array of ones and zeros. */
  static List<Boolean> flags(@Nullable Object reply) {
    return list(reply).stream().map(Reply::yes).toList();
  }

  /** A text; empty for no value. */
  static String text(@Nullable Object reply) {
    byte[] bytes = bytes(reply);
    return bytes == null ? "" : new String(bytes, UTF_8);
  }

  /** The elements of an array; empty for no value. */
  static List<?> list(@Nullable Object reply) {
    Object value = checked(reply);
    return value == null ? List.of() : (List<?>) value;
  }
}
