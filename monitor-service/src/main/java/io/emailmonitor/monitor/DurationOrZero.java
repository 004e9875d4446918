package io.emailmonitor.monitor;

import java.time.Duration;

/** Reads settings that are a duration or 0, which means never, or for ever, and needs no unit. */
final class DurationOrZero {
  private DurationOrZero() {}

  /**
   * @throws IllegalArgumentException if it is neither
   */
  static Duration of(String text) {
    return text.equals("0")
        ? Duration.ZERO
        : io.dropwizard.util.Duration.parse(text).toJavaDuration();
  }

  static void check(Problems problems, String key, String text, Duration least, String allowed) {
    boolean wrong;
    try {
      Duration given = of(text);
      wrong = !given.isZero() && given.compareTo(least) < 0;
    } catch (IllegalArgumentException e) {
      wrong = true;
    }
    if (wrong) {
      problems.add(key, "is \"" + text + "\"", allowed);
    }
  }

  /** For how long something is kept before it is removed. */
  static void checkRetention(Problems problems, String key, String text) {
    check(problems, key, text, Duration.ofDays(1), "at least 1d, such as 90d, or 0 for ever");
  }
}
