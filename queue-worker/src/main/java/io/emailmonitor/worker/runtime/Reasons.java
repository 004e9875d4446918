package io.emailmonitor.worker.runtime;

import io.emailmonitor.model.MalformedTaskException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts into words why something failed: one line, of bounded length, safe for a terminal. */
final class Reasons {
  private static final int MAX_LENGTH = 500;

  /** Causes may form a ring. */
  private static final int MAX_CAUSES = 20;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

  private Reasons() {}

  /** The queue's own exceptions are sentences already, those of handlers need their type. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    boolean sentence = failure.getClass().getName().startsWith("io.emailmonitor.");
    String type = failure.getClass().getSimpleName();
    return plain(message == null ? type : sentence ? message : type + ": " + message);
  }

  /**
   * The text on one line. Task ids and reasons may come from foreign programs: control characters
   * would forge lines in the log.
   */
  static String plain(String text) {
    String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }

  static Optional<MalformedTaskException> malformed(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof MalformedTaskException malformed) {
        return Optional.of(malformed);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
