package io.emailmonitor.monitor.intake;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs cycles over all mailboxes. Safe for use by several threads. */
public interface Intake {
  /** Asks for a cycle now, without waiting for it; joins one that is running already. */
  AskedCycle processNow();

  /**
   * Asks for a cycle that compares every mailbox with the ledger, too. What a cycle does not get
   * done goes on in those after it.
   *
   * @param since when the oldest message to compare was received; null for the usual window
   */
  AskedCycle reconcile(@Nullable Instant since);

  /** The last finished cycle. */
  Optional<CycleReport> lastCycle();

  /** Whether a cycle is running at this moment. */
  boolean running();

  /** When the next cycle begins by itself. */
  Optional<Instant> nextCycleAt();

  /** Why the loop is not running as it should, in words; empty when all is well. */
  Optional<String> problem();

  /** Why nothing but a restart lets cycles run again, in words; empty while they do. */
  Optional<String> dead();
}
