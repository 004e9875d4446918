package io.emailmonitor.monitor.intake;

import java.time.Duration;
import java.util.Optional;

/** A cycle that somebody asked for, to be followed. Safe for use by several threads. */
public interface AskedCycle {
  /** How far it is. */
  CycleProgress progress();

  /**
   * What it did; empty until its end.
   *
   * @throws IllegalStateException if it does not come to its end, because the service stops
   */
  Optional<CycleReport> report();

  /** Waits for its end; false if that does not come in time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException;

  /**
   * Waits for its end, however long that takes.
   *
   * @throws IllegalStateException if it does not come to its end, because the service stops
   */
  default CycleReport await() throws InterruptedException {
    Optional<CycleReport> report = report();
    while (report.isEmpty()) {
      boolean ignored = awaitEnd(Duration.ofMinutes(1));
      report = report();
    }
    return report.get();
  }
}
