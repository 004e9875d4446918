package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads paths in all the forms in which Graph accepts them. */
final class GraphPath {

  private static final String VERSION = "v1.0";
  private static final String NAMESPACE = "microsoft.graph.";

  private GraphPath() {}

  static boolean isGraphs(Request request) {
    List<String> segments = request.segments();
    return !segments.isEmpty() && segments.get(0).equalsIgnoreCase(VERSION);
  }

  /**
   * What follows the version. Paths that mean the same become one: functions and actions lose
   * namespace and parentheses, and a folder reached through its parents is that folder.
   */
  static List<String> of(Request request) {
    List<String> segments = request.segments();
    List<String> path = new ArrayList<>();
    for (String segment : segments.subList(isGraphs(request) ? 1 : 0, segments.size())) {
      String plain = segment.endsWith("()") ? segment.substring(0, segment.length() - 2) : segment;
      String name = plain.toLowerCase(Locale.ROOT);
      boolean called = name.equals(NAMESPACE + "delta") || name.equals(NAMESPACE + "move");
      path.add(called ? name.substring(NAMESPACE.length()) : plain);
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
