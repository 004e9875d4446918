package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.logging.Concerning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mailbox's part in a cycle: whether it is visited at all, its visit slice by slice, and how it
 * is left. For one thread at a time.
 */
final class Visiting {
  private static final Logger LOG = LoggerFactory.getLogger(Visiting.class);

  /** How long to leave a mailbox alone when the mail system did not say. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** When to see whether a mailbox has become usable. */
  private static final Duration PARKED = Duration.ofDays(1);

  /** How one mailbox was left. */
  record Visited(CycleReport.MailboxReport report, MailboxRecord standing) {}

  private final Workshop shop;
  private final MailboxRecord before;
  private final Mailbox mailbox;
  private final Brake brake;
  private final VisitLog log;
  private final Optional<String> leftAlone;
  private final Optional<Sweep> sweep;
  private final MailboxVisit visit;
  private boolean more;

  /**
   * @param recheckParked whether to look at a parked one before its time, and for its folders
   */
  Visiting(
      Workshop shop, MailboxRecord before, Brake cycle, boolean recheckParked, Runnable progress) {
    this.shop = shop;
    this.before = before;
    this.mailbox = new Mailbox(before.address());
    this.brake = cycle.ofMailbox();
    this.log = new VisitLog(mailbox, shop.metrics(), progress);
    this.leftAlone = leftAlone(recheckParked);
    this.sweep = leftAlone.isPresent() ? Optional.empty() : shop.sweeps().due(before);
    if (recheckParked) {
      shop.folders().expire(mailbox);
    }
    this.visit = new MailboxVisit(shop, mailbox, brake, log, sweep);
  }

  private Optional<String> leftAlone(boolean recheckParked) {
    Instant next = before.nextCheckAt();
    Instant now = shop.clock().instant();
    // Later than that it was never meant to be: the clock has been put back since.
    boolean mistaken = next != null && next.isAfter(now.plus(PARKED));
    if (next == null || !now.isBefore(next) || mistaken) {
      return Optional.empty();
    }
    String parked = before.parkedReason();
    if (parked != null) {
      return recheckParked ? Optional.empty() : Optional.of("parked until " + next + ": " + parked);
    }
    return Optional.of("throttled until " + next);
  }

  /** Works on it for a while; returns whether there is more to do. */
  boolean slice() {
    Concerning concerning = LogNames.concerning(mailbox);
    try (concerning) {
      return work();
    }
  }

  private boolean work() {
    more = false;
    if (leftAlone.isEmpty()) {
      try {
        more = visit.work(shop.slice());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        brake.pull(Stop.of(Stop.Kind.QUIET, "interrupted"));
      } catch (Throwable e) {
        brake.pull(Stop.of(Stop.Kind.UNEXPECTED, Failure.words(e)));
        shop.metrics().unexpected();
        LOG.error("{}: {}", LogNames.of(mailbox), Failure.words(e), Failure.trace(e));
      }
    }
    return more;
  }

  /** Leaves it, whether there is more to do or not. */
  Visited leave() {
    Concerning concerning = LogNames.concerning(mailbox);
    try (concerning) {
      return left();
    }
  }

  private Visited left() {
    if (leftAlone.isPresent()) {
      return new Visited(log.tally().report(before.address(), false, leftAlone.get()), before);
    }
    List<String> problems = new ArrayList<>(visit.problems());
    Optional<Stop> stop = brake.pulled();
    stop.ifPresent(s -> problems.add(s.why()));
    String problem = problems.isEmpty() ? null : String.join("; ", problems);
    if (stop.isEmpty() || !stop.get().kind().everywhere()) {
      warnOnce(problem);
    }
    Instant now = shop.clock().instant();
    boolean read = stop.isEmpty() && visit.changesRead();
    MailboxRecord standing =
        reconciled(standing(stop, read ? now : before.lastSyncAt(), problem), read, now);
    return new Visited(
        log.tally().report(before.address(), more, stop.map(Stop::why).orElse(null)), standing);
  }

  private MailboxRecord standing(
      Optional<Stop> stop, @Nullable Instant synced, @Nullable String problem) {
    Instant now = shop.clock().instant();
    String parked = null;
    Instant next = null;
    if (stop.isPresent() && stop.get().kind() == Stop.Kind.UNUSABLE) {
      parked = stop.get().why();
      next = now.plus(PARKED);
    } else if (stop.isPresent() && stop.get().kind() == Stop.Kind.THROTTLED) {
      next = now.plus(Objects.requireNonNullElse(stop.get().retryAfter(), PATIENCE));
    }
    return new MailboxRecord(
        before.address(),
        parked,
        next,
        synced,
        problem,
        before.reconciledAt(),
        before.missing(),
        before.late());
  }

  /** Reading all of it for the first time is as good as a sweep. */
  private MailboxRecord reconciled(MailboxRecord left, boolean read, Instant now) {
    if (sweep.isPresent() && sweep.get().isDone()) {
      shop.sweeps().close(before);
      log.reconciled(sweep.get());
      return left.reconciled(sweep.get().begunAt(), sweep.get().missing(), sweep.get().late());
    }
    return read && sweep.isEmpty() && before.reconciledAt() == null
        ? left.reconciled(now, 0, 0)
        : left;
  }

  /** The same every minute would hide what is new. */
  private void warnOnce(@Nullable String problem) {
    if (!Objects.equals(before.problem(), problem)) {
      String name = LogNames.of(mailbox);
      if (problem == null) {
        LOG.info("{}: works again", name);
      } else {
        LOG.warn("{}: {}", name, problem);
      }
    }
  }
}
