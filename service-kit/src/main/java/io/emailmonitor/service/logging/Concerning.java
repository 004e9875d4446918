package io.emailmonitor.service.logging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Marks what this thread logs as concerning a mailbox or a task, until it is closed. By ids: an
 * address or a file name says too much.
 */
public final class Concerning implements AutoCloseable {
  static final List<String> KEYS = List.of("mailbox", "task");

  private final String key;
  private final @Nullable String before;

  private Concerning(String key, String value) {
    this.key = key;
    this.before = MDC.get(key);
    MDC.put(key, value);
  }

  /** What is logged concerns this mailbox. */
  public static Concerning mailbox(String name) {
    return new Concerning("mailbox", name);
  }

  /** What is logged concerns this task. */
  public static Concerning task(String id) {
    return new Concerning("task", id);
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
  }
}
