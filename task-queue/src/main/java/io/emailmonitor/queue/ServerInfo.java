package io.emailmonitor.queue;

import java.util.HashMap;
import java.util.Map;

/** The facts of the server's INFO. */
record ServerInfo(Map<String, String> facts) {
  static ServerInfo parse(String info) {
    Map<String, String> facts = new HashMap<>();
    for (String line : info.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#")) {
        facts.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return new ServerInfo(facts);
  }

  String text(String name, String otherwise) {
    return facts.getOrDefault(name, otherwise);
  }

  /** A number; 0 for none. */
  long number(String name) {
    String value = text(name, "");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
  }
}
