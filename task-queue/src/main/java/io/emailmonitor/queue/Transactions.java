package io.emailmonitor.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads the replies of MULTI, the commands and EXEC. */
final class Transactions {
  private Transactions() {}

  /**
   * What the commands answered; null if a watched key had changed, so that none was run. An error
   * anywhere is thrown, the first one first: EXEC only says that there was one.
   */
  static @Nullable List<?> executed(List<Object> replies) {
    replies.forEach(Reply::checked);
    Object exec = replies.get(replies.size() - 1);
    if (exec == null) {
      return null;
    }
    List<?> results = (List<?>) exec;
    results.forEach(Reply::checked);
    return results;
  }

  /**
   * Whether Redis ran none of the commands, because its memory is full: it says so at once or, when
   * the commands themselves have filled it, at EXEC.
   */
  static boolean refusedForMemory(List<Object> replies) {
    return replies.stream()
        .anyMatch(
            reply ->
                reply instanceof JedisDataException error && isOutOfMemory(error.getMessage()));
  }

  private static boolean isOutOfMemory(@Nullable String message) {
    return message != null
        && (message.startsWith("OOM")
            || (message.startsWith("EXECABORT") && message.contains(": OOM")));
  }
}
