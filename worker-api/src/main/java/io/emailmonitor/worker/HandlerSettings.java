package io.emailmonitor.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What worker.yml holds for the handler; each handler reads what it knows. The methods throw {@link
 * IllegalArgumentException} with words for the operator.
 */
public final class HandlerSettings {
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,12})\\s*(KiB|MiB|GiB)?");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  /** Values are texts or lists of texts; numbers and the like count as what they look like. */
  public HandlerSettings(Map<String, ? extends @Nullable Object> values) {
    values.forEach((key, value) -> this.values.put(key, texts(key, value)));
  }

  private static List<String> texts(String key, @Nullable Object value) {
    if (value instanceof Map) {
      throw new IllegalArgumentException("handler." + key + " must be a text or a list of texts");
    }
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private List<String> texts(String key) {
    asked.add(key);
    return values.getOrDefault(key, List.of());
  }

  /** The keys that are there and nobody has asked for: most likely a slip of the pen. */
  public Set<String> unasked() {
    Set<String> unasked = new TreeSet<>(values.keySet());
    unasked.removeAll(asked);
    return unasked;
  }

  /** The value of a key, if it is there and not blank. */
  public Optional<String> get(String key) {
    List<String> texts = texts(key);
    if (texts.size() > 1) {
      throw new IllegalArgumentException("handler." + key + " is a list; it must be one text");
    }
    return texts.stream().findFirst().filter(value -> !value.isBlank());
  }

  /**
   * The value of a key that the handler cannot do without.
   *
   * @throws IllegalArgumentException if it is missing or blank
   */
  public String require(String key) {
    return get(key)
        .orElseThrow(
            () -> new IllegalArgumentException("handler." + key + " is not set in worker.yml"));
  }

  /** The elements of a list, or the words of a text; empty if the key is missing or blank. */
  public List<String> list(String key) {
    List<String> texts = texts(key);
    return texts.size() == 1
        ? Arrays.stream(texts.get(0).strip().split("\\s+")).filter(w -> !w.isEmpty()).toList()
        : texts;
  }

  /** A whole number within these bounds. */
  public int number(String key, int otherwise, int min, int max) {
    return get(key)
        .map(
            text -> {
              if (!WHOLE.matcher(text.strip()).matches()
                  || Long.parseLong(text.strip()) < min
                  || Long.parseLong(text.strip()) > max) {
                throw wrong(key, text, "a whole number from " + min + " to " + max);
              }
              return Integer.parseInt(text.strip());
            })
        .orElse(otherwise);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    return get(key)
        .map(
            text ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw wrong(key, text, "true or false");
                })
        .orElse(otherwise);
  }

  /**
   * A number of bytes above 0, with or without a unit: {@code 500}, {@code 64KiB}, {@code 50MiB}.
   */
  public long bytes(String key, long otherwise) {
    return get(key).map(text -> bytes(key, text)).orElse(otherwise);
  }

  private static long bytes(String key, String text) {
    Matcher parts = BYTES.matcher(text.strip());
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw wrong(key, text, "a number of bytes above 0, such as 500, 64KiB, 50MiB or 1GiB");
    }
    String unit = parts.group(2) == null ? "" : parts.group(2);
    return Long.parseLong(parts.group(1)) << (10 * List.of("", "KiB", "MiB", "GiB").indexOf(unit));
  }

  /** A number above 0 with a unit, such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 2h}. */
  public Duration duration(String key, Duration otherwise) {
    return get(key).map(text -> duration(key, text)).orElse(otherwise);
  }

  private static Duration duration(String key, String text) {
    Matcher parts = DURATION.matcher(text.strip());
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw wrong(key, text, "a number above 0 with a unit, such as 500ms, 30s, 5m or 2h");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static IllegalArgumentException wrong(String key, String text, String allowed) {
    return new IllegalArgumentException(
        "handler." + key + " is '" + text + "'; it must be " + allowed);
  }
}
