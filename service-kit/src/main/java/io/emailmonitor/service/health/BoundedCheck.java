package io.emailmonitor.service.health;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Makes a check of something far away quick and cheap; see {@link Recent}. Safe for use by several
 * threads.
 */
public final class BoundedCheck extends HealthCheck {
  private final Recent<Result> latest;

  /**
   * Bounds a check.
   *
   * @param patience how long to wait for an answer
   */
  public BoundedCheck(
      HealthCheck check, Executor executor, InstantSource clock, Duration patience) {
    this.latest = new Recent<>(check::execute, executor, clock, patience);
  }

  @Override
  protected Result check() throws InterruptedException {
    return latest
        .get()
        .orElseGet(
            () -> Result.unhealthy("No answer yet to what was asked at " + latest.askedAt()));
  }
}
