package io.emailmonitor.monitor.intake;

import java.time.Instant;
import java.util.Optional;

/** Runs cycles over all mailboxes. Safe for use by several threads. */
public interface Intake {
  /**
   * Runs a cycle now and waits for its end; joins one that is running already.
   *
   * @throws InterruptedException if the caller, not the cycle, is to stop
   */
  CycleReport processNow() throws InterruptedException;

  /** The last finished cycle. */
  Optional<CycleReport> lastCycle();

  /** Whether a cycle is running at this moment. */
  boolean running();

  /** When the next cycle begins by itself. */
  Optional<Instant> nextCycleAt();

  /** Why the loop is not running as it should, in words; empty when all is well. */
  Optional<String> problem();
}
