package io.emailmonitor.worker.reference;

import io.dropwizard.util.DataSize;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One value of worker.yml, with the names under which an operator knows it. What is wrong goes to
 * the problems, and the default takes its place, so that the next one comes to light as well.
 */
final class Setting {
  private final Problems problems;
  private final String name;
  private final @Nullable String value;

  Setting(Problems problems, String key, @Nullable String value) {
    this.problems = problems;
    this.name = key;
    this.value = value == null || value.isBlank() ? null : value.strip();
  }

  Setting(Problems problems, String key, String variable, @Nullable String value) {
    this(problems, key + " (" + variable + ")", value);
  }

  String text(String otherwise) {
    return value == null ? otherwise : value;
  }

  int number(int otherwise, int min, int max) {
    return parsed(
        otherwise,
        "a whole number from " + min + " to " + max,
        Integer::valueOf,
        number -> number >= min && number <= max);
  }

  boolean yes(boolean otherwise) {
    String text = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return parsed(
        otherwise,
        "true or false",
        given -> text.equals("true"),
        yes -> yes || text.equals("false"));
  }

  Duration duration(Duration otherwise, Duration min, Duration max) {
    return parsed(
        otherwise,
        durations(min, max),
        text -> io.dropwizard.util.Duration.parse(text).toJavaDuration(),
        duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
  }

  /** A number of bytes, with or without a unit. */
  long bytes(long otherwise) {
    return parsed(
        otherwise,
        "a number of bytes above 0, or with a unit such as 256MiB",
        text -> DataSize.parse(text).toBytes(),
        bytes -> bytes > 0);
  }

  private <T> T parsed(
      T otherwise, String allowed, Function<String, T> parser, Predicate<T> isAllowed) {
    if (value == null) {
      return otherwise;
    }
    try {
      T parsed = parser.apply(value);
      if (isAllowed.test(parsed)) {
        return parsed;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      return refused(otherwise, allowed);
    }
    return refused(otherwise, allowed);
  }

  private <T> T refused(T otherwise, String allowed) {
    problems.add(name + " is '" + value + "'; it must be " + allowed);
    return otherwise;
  }

  private static String durations(Duration min, Duration max) {
    return "a number with a unit, such as 500ms, 30s, 5m or 2h, from "
        + words(min)
        + " to "
        + words(max);
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    return seconds % 3600 == 0 && seconds > 0 ? seconds / 3600 + "h" : seconds + "s";
  }
}
