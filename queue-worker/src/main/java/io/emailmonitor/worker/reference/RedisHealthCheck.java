package io.emailmonitor.worker.reference;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import java.util.List;

/** Whether Redis answers and keeps tasks safe. */
final class RedisHealthCheck extends HealthCheck {
  private final QueueInspector queue;

  RedisHealthCheck(QueueInspector queue) {
    this.queue = queue;
  }

  @Override
  protected Result check() {
    try {
      QueueHealth health = queue.health();
      List<String> problems = health.problems();
      if (!problems.isEmpty()) {
        return Result.unhealthy("%s", String.join("; ", problems));
      }
      return health.warnings().isEmpty()
          ? Result.healthy("%s, %s", health.server(), health.version())
          : Result.healthy("%s", String.join("; ", health.warnings()));
    } catch (QueueUnavailableException e) {
      String why = String.valueOf(e.getMessage());
      return Result.unhealthy(
          "%s%s Nothing is lost: tasks wait there, and the worker goes on by itself",
          why, why.endsWith(".") || why.endsWith("?") ? "" : ".");
    }
  }
}
