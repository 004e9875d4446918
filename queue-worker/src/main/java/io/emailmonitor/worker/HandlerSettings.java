package io.emailmonitor.worker;

import java.util.Map;
import java.util.Optional;

/** What the section {@code handler} of worker.yml holds; each handler reads what it knows. */
public final class HandlerSettings {
  private final Map<String, String> values;

  public HandlerSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of a key, if it is there and not blank. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
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
}
