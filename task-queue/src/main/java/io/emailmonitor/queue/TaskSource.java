package io.emailmonitor.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * Where workers take tasks. A claimed task is leased: whoever does not settle it (acknowledge,
 * retry, release or bury) before the lease ends loses it to the next claim. Every settling call
 * returns false when that has happened already, or when the task was settled before. All methods
 * throw {@link QueueUnavailableException} if Redis did not answer or refused; the lease then brings
 * the task back.
 */
public interface TaskSource {
  /**
   * Takes the task that is next in turn, or nothing; does not wait. Tasks whose lease or delay has
   * ended come before those that wait.
   */
  Optional<ClaimedTask> claim();

  /**
   * Returns when there may be something to claim, at the latest after the given time, and earlier
   * whenever it likes. Tasks of foreign producers are noticed only at the end of that time. An
   * interrupt does not end the wait, which is why it is never longer than a few seconds.
   */
  void awaitWork(Duration atMost);

  /** The task is done and leaves the queue. */
  boolean acknowledge(ClaimedTask task);

  /**
   * The same as {@link #acknowledge} and then {@link #claim}, in one conversation with the server:
   * what a busy worker does. When only the claim fails, the next call shows why.
   */
  default Turn acknowledgeAndClaim(ClaimedTask task) {
    return new Turn(acknowledge(task), claim());
  }

  /** Extends the lease, counted from now. */
  boolean renew(ClaimedTask task, Duration lease);

  /**
   * Gives the task back, to be claimed again after a delay; this delivery counts.
   *
   * @param reason what went wrong, for whoever finds the task dead later; never a piece of the mail
   */
  boolean retryAfter(ClaimedTask task, Duration delay, String reason);

  /**
   * Gives the task back at once, as if it had not been claimed: this delivery does not count as an
   * {@linkplain ClaimedTask#attempt() attempt}. Its number is never used again all the same, since
   * it fences.
   */
  boolean release(ClaimedTask task);

  /**
   * Sets the task aside as dead, with its payload and the reason, until somebody redrives or
   * discards it.
   *
   * @param reason what went wrong; never a piece of the mail
   */
  boolean bury(ClaimedTask task, String reason);

  /**
   * What {@link #acknowledgeAndClaim} brought.
   *
   * @param acknowledged whether the old task was still ours
   * @param next the new one, if there is any
   */
  record Turn(boolean acknowledged, Optional<ClaimedTask> next) {}
}
