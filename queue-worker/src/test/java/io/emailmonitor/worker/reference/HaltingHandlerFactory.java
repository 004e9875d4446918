package io.emailmonitor.worker.reference;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;

/** A handler that ends its process at once, as native code does, over the task "poison". */
public final class HaltingHandlerFactory implements HandlerFactory {
  @Override
  public String name() {
    return "halting";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    return attempt -> {
      if (attempt.task().taskId().equals("poison")) {
        Runtime.getRuntime().halt(3);
      }
      return Outcome.done();
    };
  }
}
