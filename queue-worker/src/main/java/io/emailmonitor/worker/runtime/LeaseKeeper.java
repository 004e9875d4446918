package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of all tasks in hand, each until its deadline and a moment longer, and
 * interrupts the handlers that pass theirs. One thread of its own; its methods may be called by
 * any.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /**
   * How long a handler that was interrupted at its deadline has to say what becomes of its task.
   */
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

  /** How often a lease is renewed within its time. */
  private static final int RENEWALS = 3;

  /** What is scheduled for a task in hand. */
  private record Timers(Future<?> renewal, Future<?> alarm) {}

  private final TaskSource source;
  private final QueueLink link;
  private final Duration lease;
  private final Duration settling;
  private final Duration timeout;
  private final Duration maxTimeout;
  private final Map<Hold, Timers> held = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "worker-leases");
            thread.setDaemon(true);
            return thread;
          });

  LeaseKeeper(TaskSource source, QueueLink link, Worker.Settings settings) {
    this.source = source;
    this.link = link;
    this.lease = settings.lease();
    this.settling = shorter(lease.dividedBy(RENEWALS), LONGEST_SETTLING);
    this.timeout = settings.timeout();
    this.maxTimeout = settings.maxTimeout();
    // A cancelled timer would keep its task's content in memory until it would have gone off.
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /** Holds a task for the calling thread, until it is let go. */
  Hold hold(ClaimedTask task) {
    Hold hold = new Hold(task, Instant.now().plus(timeout));
    long pause = Math.max(1, lease.toMillis() / RENEWALS);
    held.put(
        hold,
        new Timers(
            scheduler.scheduleWithFixedDelay(
                () -> renew(hold), pause, pause, TimeUnit.MILLISECONDS),
            alarm(hold, timeout)));
    return hold;
  }

  private Future<?> alarm(Hold hold, Duration in) {
    return scheduler.schedule(() -> ring(hold), in.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The deadline may have moved since the alarm was set. */
  private void ring(Hold hold) {
    Duration left = Duration.between(Instant.now(), hold.deadline());
    if (left.toMillis() <= 0) {
      hold.interrupt(Hold.Cause.DEADLINE);
    } else {
      held.computeIfPresent(hold, (h, timers) -> new Timers(timers.renewal(), alarm(h, left)));
    }
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
      scheduler.execute(() -> renew(hold));
    }
    return hold.deadline();
  }

  void letGo(Hold hold) {
    Timers timers = held.remove(hold);
    if (timers != null) {
      timers.renewal().cancel(false);
      timers.alarm().cancel(false);
    }
  }

  /** What is in hand at the moment. */
  Collection<Hold> held() {
    return held.keySet();
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
    } catch (RuntimeException e) {
      // Thrown on, it would end the renewals of this task without a word.
      LOG.error("renewing the lease of task {} failed", hold.name(), e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
