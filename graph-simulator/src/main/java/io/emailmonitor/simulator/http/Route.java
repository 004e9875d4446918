package io.emailmonitor.simulator.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method and a path such as {@code users/{user}/messages}, and what answers there. */
public record Route<H>(String method, List<String> pattern, H handler) {

  public static <H> Route<H> get(String pattern, H handler) {
    return of("GET", pattern, handler);
  }

  public static <H> Route<H> of(String method, String pattern, H handler) {
    return new Route<>(method, List.of(pattern.split("/", -1)), handler);
  }

  /** What the path names, when it fits; literal segments fit in any case. */
  public Optional<Map<String, String>> match(List<String> segments) {
    if (segments.size() != pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        names.put(expected.substring(1, expected.length() - 1), segments.get(i));
      } else if (!expected.equalsIgnoreCase(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }
}
