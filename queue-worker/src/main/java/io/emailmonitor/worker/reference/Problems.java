package io.emailmonitor.worker.reference;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects what is wrong with the settings, so that a start that fails tells all of it at once.
 * Each problem is a sentence that names the setting, what is wrong with it and what is allowed.
 */
final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  void add(String problem) {
    found.add(problem);
  }

  /** Makes what complains about its settings with an {@link IllegalArgumentException}. */
  <T> Optional<T> check(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Ends the start, if anything is wrong.
   *
   * @throws InvalidSettingsException with all problems as one block for people
   */
  void refuse() {
    if (!found.isEmpty()) {
      String head = found.size() == 1 ? "a setting is" : found.size() + " settings are";
      throw new InvalidSettingsException(
          "The queue worker cannot start: "
              + head
              + " wrong or missing.\n  - "
              + String.join("\n  - ", found));
    }
  }
}
