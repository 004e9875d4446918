package io.emailmonitor.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * Where workers take tasks. A claimed task is leased: whoever does not settle it (acknowledge,
 * retry, release or bury) before the lease ends loses it to the next claim. Every settling call
 * returns false when that has happened already. All methods throw {@link QueueUnavailableException}
 * if Redis did not answer or refused; the lease then brings the task back.
 */
public interface TaskSource {
  /** Takes the task that is next in turn, or nothing; does not wait. */
  Optional<ClaimedTask> claim();

  /** Returns when there may be something to claim, at the latest after the given time. */
  void awaitWork(Duration atMost);

  /** The task is done and leaves the queue. */
  boolean acknowledge(ClaimedTask task);

  /** Extends the lease, counted from now. */
  boolean renew(ClaimedTask task, Duration lease);

  /** Gives the task back, to be claimed again after a delay; this delivery counts. */
  boolean retryAfter(ClaimedTask task, Duration delay);

  /** Gives the task back at once, as if it had not been claimed: this delivery does not count. */
  boolean release(ClaimedTask task);

  /**
   * Sets the task aside as dead, with its payload and the reason, until somebody redrives or
   * discards it.
   */
  boolean bury(ClaimedTask task, String reason);
}
