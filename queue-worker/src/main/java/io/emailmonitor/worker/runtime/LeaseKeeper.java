package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renews the leases of all tasks that are being handled, each until its deadline and a moment
 * longer, and interrupts the handlers that pass theirs. It looks when it is told to: a timer for
 * each task would cost more than a small task does. Its methods may be called by any thread.
 */
final class LeaseKeeper {
  /**
   * How long a handler that was interrupted at its deadline has to say what becomes of its task.
   */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

  /** How often a lease is renewed within its time. */
  private static final int RENEWALS = 3;

  private final TaskSource source;
  private final QueueLink link;
  private final Duration lease;
  private final Duration settling;
  private final Duration timeout;
  private final Duration maxTimeout;
  private final Set<Hold> held = ConcurrentHashMap.newKeySet();

  LeaseKeeper(TaskSource source, QueueLink link, Worker.Settings settings) {
    this.source = source;
    this.link = link;
    this.lease = settings.lease();
    this.settling = shorter(lease.dividedBy(RENEWALS), LONGEST_SETTLING);
    this.timeout = settings.timeout();
    this.maxTimeout = settings.maxTimeout();
  }

  /** Holds a task for the calling thread, until it is let go. */
  Hold hold(ClaimedTask task) {
    Hold hold = new Hold(task, Instant.now().plus(timeout), lease.dividedBy(RENEWALS));
    held.add(hold);
    return hold;
  }

  void letGo(Hold hold) {
    held.remove(hold);
  }

  /** What is in hand at the moment. */
  Collection<Hold> held() {
    return held;
  }

  /** Moves a deadline as far as is allowed, never back; returns the one that holds. */
  Instant extend(Hold hold, Duration fromNow) {
    Instant now = Instant.now();
    Instant last = now.minus(hold.age()).plus(maxTimeout);
    Instant wanted = now.plus(fromNow);
    Instant allowed = wanted.isBefore(last) ? wanted : last;
    if (allowed.isAfter(hold.deadline())) {
      hold.setDeadline(allowed);
      // The last renewal went no further than the deadline that held then.
      hold.renewIn(Duration.ZERO);
    }
    return hold.deadline();
  }

  /** Interrupts the handlers whose time is over. To be called often; never waits. */
  void ring() {
    Instant now = Instant.now();
    for (Hold hold : held) {
      if (!now.isBefore(hold.deadline()) && !hold.isOverdue()) {
        hold.interrupt(Hold.Cause.DEADLINE);
      }
    }
  }

  /** Renews the leases for which it is time. To be called often, by one thread at a time. */
  void renew() {
    for (Hold hold : held) {
      if (hold.isToBeRenewed()) {
        hold.renewIn(lease.dividedBy(RENEWALS));
        renew(hold);
      }
    }
  }

  /**
   * Never far beyond the deadline: a handler that hangs must not keep its task for itself. But not
   * just up to it either, or an idle worker would take the task before one that reacts to being
   * interrupted has settled it.
   */
  private void renew(Hold hold) {
    Duration left = Duration.between(Instant.now(), hold.deadline());
    if (left.toMillis() <= 0) {
      return;
    }
    try {
      boolean renewed = source.renew(hold.task(), shorter(left.plus(settling), lease));
      link.answered();
      if (!renewed) {
        hold.interrupt(Hold.Cause.LEASE_LOST);
      }
    } catch (QueueUnavailableException e) {
      link.failed(e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
