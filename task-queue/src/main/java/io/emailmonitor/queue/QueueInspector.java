package io.emailmonitor.queue;

import java.util.List;

/**
 * Shows what the queue holds without moving content, and mends it by hand. Throws {@link
 * QueueUnavailableException}.
 */
public interface QueueInspector {
  /** Counts what waits, is claimed and is dead. */
  QueueStats stats();

  /**
   * Describes the tasks that are next in turn, at most the given number; their content does not
   * leave Redis.
   */
  List<QueuedTask> peek(int count);

  /** Lists dead tasks, the latest first. */
  List<DeadTask> dead(int offset, int count);

  /**
   * Makes a dead task claimable again with its deliveries counted from 0; false if there is none
   * with that id.
   */
  boolean redrive(String claimId);

  /** Removes a dead task for good; false if there is none with that id. */
  boolean discard(String claimId);

  /** Removes the tasks that wait (not those claimed or dead) and returns how many they were. */
  long clear();
}
