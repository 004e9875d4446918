package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The ledger's side for tasks that are stored until the queue takes them. What a method wrote is
 * durable when it returns. Safe for use by several threads.
 */
public interface WaitingTasks {
  /** A task that waits. */
  record Waiting(String taskId, Instant since) {}

  /** Lists those that have waited longest, the oldest first. */
  List<Waiting> oldest(int limit);

  /** How many there are. */
  long count();

  /** These are on the queue now. */
  void enqueued(Collection<String> taskIds);

  /** The queue will never take this one. */
  void refused(String taskId, Reason reason, String why);

  /**
   * What was stored of these is not there any more: has their messages worked on again, but for
   * those that wait for another attempt anyway, and may be worked on at this moment.
   *
   * @return how many tasks wait no longer by that
   */
  int lost(Collection<String> taskIds);

  /** Which of these tasks are recorded, waiting or not. */
  Set<String> recorded(Collection<String> taskIds);

  /** Which of these tasks are recorded and do not wait. */
  Set<String> settled(Collection<String> taskIds);
}
