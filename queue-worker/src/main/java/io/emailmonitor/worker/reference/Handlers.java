package io.emailmonitor.worker.reference;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds handlers by name: those that come with the worker and those beside it on the class path.
 */
final class Handlers {
  private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

  private Handlers() {}

  /**
   * Makes the handler that the section {@code handler} names in {@code type}. Its settings stand in
   * the section itself or, below the handler's name, in a section of their own.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static TaskHandler chosenBy(Map<String, ?> section) {
    Map<String, HandlerFactory> known = known();
    String name = name(section);
    HandlerFactory chosen = known.get(name);
    if (chosen == null) {
      throw new IllegalArgumentException(
          "handler.type (WORKER_HANDLER) is '"
              + name
              + "'; it must be one of "
              + String.join(", ", known.keySet())
              + "; for one of your own, its jar must be on the class path");
    }
    HandlerSettings settings = settings(name, section, known.keySet());
    TaskHandler handler = chosen.create(settings);
    if (!settings.unasked().isEmpty()) {
      LOG.warn(
          "worker.yml sets handler.{}, for which the handler '{}' did not ask: is it spelled right?",
          String.join(", handler.", settings.unasked()),
          name);
    }
    return handler;
  }

  private static Map<String, HandlerFactory> known() {
    Map<String, HandlerFactory> known = new TreeMap<>();
    for (HandlerFactory factory : ServiceLoader.load(HandlerFactory.class)) {
      HandlerFactory other = known.put(factory.name(), factory);
      if (other != null) {
        throw new IllegalArgumentException(
            "two handlers are called '"
                + factory.name()
                + "': "
                + other.getClass().getName()
                + " and "
                + factory.getClass().getName());
      }
    }
    return known;
  }

  /** What the section says, whether there is such a handler or not. */
  static String name(Map<String, ?> section) {
    Object type = section.get("type");
    return type == null ? "log" : type.toString().strip();
  }

  private static HandlerSettings settings(String name, Map<String, ?> section, Set<String> names) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (section.get(name) instanceof Map<?, ?> own) {
      own.forEach((key, value) -> settings.put(String.valueOf(key), value));
    }
    section.forEach(
        (key, value) -> {
          boolean ofAHandler = value instanceof Map && names.contains(key);
          if (value != null && !ofAHandler && !key.equals("type")) {
            settings.put(key, value);
          }
        });
    return new HandlerSettings(settings);
  }
}
