package io.emailmonitor.worker.reference;

import io.dropwizard.util.DataSize;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One value of worker.yml, with the names under which an operator knows it. */
final class Setting {
  private final String name;
  private final @Nullable String value;

  private Setting(String name, @Nullable String value) {
    this.name = name;
    this.value = value == null || value.isBlank() ? null : value.strip();
  }

  static Setting of(String key, @Nullable String value) {
    return new Setting(key, value);
  }

  static Setting of(String key, String variable, @Nullable String value) {
    return new Setting(key + " (" + variable + ")", value);
  }

  String text(String otherwise) {
    return value == null ? otherwise : value;
  }

  int number(int otherwise, int min, int max) {
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid("a whole number from " + min + " to " + max);
    }
    throw invalid("a whole number from " + min + " to " + max);
  }

  boolean yes(boolean otherwise) {
    if (value == null) {
      return otherwise;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid("true or false");
    };
  }

  Duration duration(Duration otherwise, Duration min, Duration max) {
    if (value == null) {
      return otherwise;
    }
    Duration duration;
    try {
      duration = io.dropwizard.util.Duration.parse(value).toJavaDuration();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(durations(min, max));
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw invalid(durations(min, max));
    }
    return duration;
  }

  /** A number of bytes, with or without a unit. */
  long bytes(long otherwise) {
    if (value == null) {
      return otherwise;
    }
    String allowed = "a number of bytes above 0, or with a unit such as 256MiB";
    try {
      long bytes = DataSize.parse(value).toBytes();
      if (bytes > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(allowed);
    }
    throw invalid(allowed);
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

  private InvalidSettingException invalid(String allowed) {
    return new InvalidSettingException(name + " is '" + value + "'; it must be " + allowed);
  }
}
