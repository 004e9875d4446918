package io.emailmonitor.worker.reference;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Finds handlers by name: those that come with the worker and those beside it on the class path.
 */
final class Handlers {
  private Handlers() {}

  /**
   * Makes the handler of that name.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static TaskHandler named(String name, HandlerSettings settings) {
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
    HandlerFactory chosen = known.get(name);
    if (chosen == null) {
      throw new IllegalArgumentException(
          "handler.type (WORKER_HANDLER) is '"
              + name
              + "'; it must be one of "
              + String.join(", ", known.keySet())
              + "; for one of your own, its jar must be on the class path");
    }
    return chosen.create(settings);
  }
}
