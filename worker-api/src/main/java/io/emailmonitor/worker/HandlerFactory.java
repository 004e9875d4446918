package io.emailmonitor.worker;

/**
 * Makes a handler that configuration can choose by name. List implementations in {@code
 * META-INF/services/io.emailmonitor.worker.HandlerFactory}; they need a public constructor without
 * parameters.
 */
public interface HandlerFactory {
  /** What {@code WORKER_HANDLER} is set to, to have this one. */
  String name();

  /**
   * Makes the one handler of this process; called once, before the first task is claimed.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong; its message is shown to the
   *     operator and names the setting, the problem and what is allowed
   */
  TaskHandler create(HandlerSettings settings);
}
