package io.emailmonitor.monitor.filter;

import java.util.List;

/**
 * Which texts are wanted: those that match one of the first and none of the second.
 *
 * @param include empty for all
 */
public record Patterns(List<String> include, List<String> exclude) {
  /** All are wanted. */
  public static final Patterns ALL = new Patterns(List.of(), List.of());

  public Patterns {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
