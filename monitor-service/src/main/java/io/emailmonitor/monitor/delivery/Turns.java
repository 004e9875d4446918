package io.emailmonitor.monitor.delivery;

import java.time.Duration;

/**
 * Lets new tasks and those that have waited share a queue that is full: when one that has waited
 * got room, the next room is left to the new ones. Safe for use by several threads.
 */
final class Turns {
  /** New ones that do not come for their turn lose it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private boolean turnedAway;
  private boolean leftToNewOnes;
  private long leftAt;

  /** New ones have asked for room. */
  synchronized void asked(boolean refused) {
    turnedAway = refused;
    leftToNewOnes = false;
  }

  /** Some that have waited got room. */
  synchronized void taken() {
    leftToNewOnes = turnedAway;
    leftAt = System.nanoTime();
  }

  /** Whether those that have waited may ask for room. */
  synchronized boolean mayTake() {
    return !leftToNewOnes || System.nanoTime() - leftAt > PATIENCE.toNanos();
  }
}
