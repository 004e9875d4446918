package io.emailmonitor.worker.reference;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.worker.runtime.Worker;
import java.util.List;

/** Whether the worker's threads do their work. */
final class WorkerHealthCheck extends HealthCheck {
  private final Worker worker;

  WorkerHealthCheck(Worker worker) {
    this.worker = worker;
  }

  @Override
  protected Result check() {
    List<String> problems = worker.problems();
    return problems.isEmpty()
        ? Result.healthy("Tasks are being taken")
        : Result.unhealthy("%s", String.join("; ", problems));
  }
}
