package io.emailmonitor.monitor.delivery;

import java.time.Duration;

/** Carries what waits to the queue step by step, as a fallback's thread would. */
public final class FallbackSteps {
  private FallbackSteps() {}

  /** Makes one step, and returns the pause that would follow. */
  public static Duration step(Fallback fallback) {
    return fallback.forwarder().step();
  }

  /** Makes steps until one would be followed by a pause. */
  public static void stepAll(Fallback fallback) {
    Duration pause = step(fallback);
    while (pause.isZero()) {
      pause = step(fallback);
    }
  }
}
