package io.emailmonitor.simulator.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A method and a path such as {@code users/{user}/messages}, and what answers there. */
record Route(String method, List<String> pattern, Function<Call, GraphReply> handler) {

  static Route get(String pattern, Function<Call, GraphReply> handler) {
    return of("GET", pattern, handler);
  }

  static Route of(String method, String pattern, Function<Call, GraphReply> handler) {
    return new Route(method, List.of(pattern.split("/", -1)), handler);
  }

  /** What the path names, when it fits; literal segments fit in any case. */
  Optional<Map<String, String>> match(List<String> segments) {
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

  /**
   * Paths that mean the same become one: functions lose namespace and parentheses, and a folder
   * reached through its parents is that folder.
   */
  static List<String> normalise(List<String> segments) {
    List<String> path = new ArrayList<>();
    for (String segment : segments) {
      String plain = segment.endsWith("()") ? segment.substring(0, segment.length() - 2) : segment;
      path.add(plain.equalsIgnoreCase("microsoft.graph.delta") ? "delta" : plain);
    }
    while (path.size() > 5
        && path.get(2).equalsIgnoreCase("mailFolders")
        && path.get(4).equalsIgnoreCase("childFolders")
        && !path.get(5).equalsIgnoreCase("delta")) {
      path.remove(4);
      path.remove(3);
    }
    return path;
  }
}
