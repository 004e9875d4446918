package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request on one route, with what its path names. */
record Call(
    Request request, Preferences preferences, Set<PageQuirk> quirks, Map<String, String> names) {

  /** What stands in the path at {@code {name}}. */
  String name(String name) {
    String value = names.get(name);
    if (value == null) {
      throw new IllegalArgumentException("this route has no {" + name + "}");
    }
    return value;
  }

  Optional<String> option(String name) {
    return request.option(name).filter(value -> !value.isBlank());
  }

  String context(String what) {
    return request.baseUri() + "/$metadata#" + what;
  }

  /** A whole number of at least {@code min}, or the fallback when the option is not given. */
  int number(String option, int fallback, int min, int max) {
    String value = option(option).orElse("");
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min) {
      throw GraphFailure.badRequest(
          "Invalid value '" + value + "' for $" + option + " query option found.");
    }
    return Math.min(Integer.parseInt(value), max);
  }
}
