package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;

/** Makes the handler {@code log}, which has no settings. */
public final class LogHandlerFactory implements HandlerFactory {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    return new LogHandler();
  }
}
