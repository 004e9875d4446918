package io.emailmonitor.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what is wrong with the settings, so that a start that fails tells all of it at once.
 * Only the first problem of a setting is kept: the others mostly follow from it.
 */
final class Problems {
  private final Map<String, String> variableByKey;
  private final Map<String, String> found = new LinkedHashMap<>();

  /**
   * @param variableByKey the environment variable behind each key of the file, such as {@code
   *     queue.port}
   */
  Problems(Map<String, String> variableByKey) {
    this.variableByKey = Map.copyOf(variableByKey);
  }

  /**
   * @param key where in the file, such as {@code queue.port}
   * @param wrong what is wrong, as in {@code is "abc"}; without the value if that is a secret
   * @param allowed what would be right, as in {@code a number}
   */
  void add(String key, String wrong, String allowed) {
    found.putIfAbsent(name(key), name(key) + " " + wrong + "; it must be " + allowed);
  }

  /** Lets a part refuse its settings, which it names itself. */
  void check(String key, Runnable part) {
    try {
      part.run();
    } catch (IllegalArgumentException e) {
      found.putIfAbsent(name(key), String.valueOf(e.getMessage()));
    }
  }

  /** Adds what a validator says, as in {@code must be at most 65535}. */
  void refuse(String key, String message) {
    found.putIfAbsent(name(key), name(key) + " " + message);
  }

  void missing(String key, String allowed) {
    add(key, "is not set", allowed);
  }

  /** What operators know the setting by: its variable, or its key when the file names none. */
  String name(String key) {
    return variableByKey.getOrDefault(key, key);
  }

  boolean none() {
    return found.isEmpty();
  }

  /** Each problem in words. */
  List<String> all() {
    return List.copyOf(found.values());
  }

  /** All problems as one block for people. */
  String describe() {
    if (none()) {
      return "";
    }
    String head = found.size() == 1 ? "a setting is" : found.size() + " settings are";
    return "Email Monitor cannot start: "
        + head
        + " wrong or missing.\n  - "
        + String.join("\n  - ", found.values());
  }
}
