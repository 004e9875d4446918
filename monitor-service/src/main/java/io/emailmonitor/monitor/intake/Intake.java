package io.emailmonitor.monitor.intake;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs cycles over all mailboxes. Safe for use by several threads. */
public interface Intake {
  /**
   * Runs a cycle now and waits for its end; joins one that is running already.
   *
   * @throws InterruptedException if the caller, not the cycle, is to stop
   */
  CycleReport processNow() throws InterruptedException;

  /**
   * Runs a cycle that compares every mailbox with the ledger, too, and waits for its end. What a
   * cycle does not get done goes on in those after it.
   *
   * @param since when the oldest message to compare was received; null for the usual window
   * @throws InterruptedException if the caller, not the cycle, is to stop
   */
  CycleReport reconcile(@Nullable Instant since) throws InterruptedException;

  /** The last finished cycle. */
  Optional<CycleReport> lastCycle();

  /** Whether a cycle is running at this moment. */
  boolean running();

  /** When the next cycle begins by itself. */
  Optional<Instant> nextCycleAt();

  /** Why the loop is not running as it should, in words; empty when all is well. */
  Optional<String> problem();
}
