package io.emailmonitor.service.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether one of the process's own loops runs. Red means that nothing but a restart helps, so these
 * checks, and no others, say whether the process is alive.
 */
public final class LoopCheck extends HealthCheck {
  private final Supplier<List<String>> problems;
  private final String well;

  /**
   * Asks nobody but this process, and never waits.
   *
   * @param problems what is wrong with it, in words
   * @param well what to say when nothing is
   */
  public LoopCheck(Supplier<List<String>> problems, String well) {
    this.problems = problems;
    this.well = well;
  }

  @Override
  protected Result check() {
    List<String> found = problems.get();
    // Not as a format: the words may hold a percent sign.
    return found.isEmpty()
        ? Result.healthy("%s", well)
        : Result.unhealthy("%s", String.join("; ", found));
  }
}
