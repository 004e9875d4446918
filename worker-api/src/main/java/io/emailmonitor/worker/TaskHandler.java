package io.emailmonitor.worker;

/**
 * Does the work for one attachment. Called by as many threads at once as the worker is configured
 * to have.
 */
@FunctionalInterface
public interface TaskHandler {
  /**
   * Handles one task. It may be called again for the same task, also after it answered done: a
   * worker can die between the work and its acknowledgement. Handle a task id twice with the effect
   * of once.
   *
   * <p>At the attempt's deadline the calling thread is interrupted and the task is handed out
   * again; so is it when the worker has to stop before the handler is finished.
   *
   * @return what is to become of the task
   * @throws Exception to have the task tried again after a growing delay, until its attempts are
   *     used up; the exception's type and message become the reason and appear in logs, so keep
   *     what the mail says out of them. A {@link io.emailmonitor.model.MalformedTaskException},
   *     also as a cause, buries the task at once: no later attempt could read it either
   */
  Outcome handle(Attempt attempt) throws Exception;

  /**
   * How long failed attempts wait, where worker.yml does not say so; asked once, before the first
   * task.
   */
  default RetryPolicy retryPolicy() {
    return RetryPolicy.DEFAULT;
  }
}
