package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over all mailboxes, several at a time. For one use by one thread. */
final class Cycle {
  private static final Logger LOG = LoggerFactory.getLogger(Cycle.class);

  /** How long to leave a mailbox alone when the mail system did not say. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** When to see whether a mailbox has become usable. */
  private static final Duration PARKED = Duration.ofDays(1);

  private final Workshop shop;
  private final Runnable progress;
  private final Brake brake;

  Cycle(Workshop shop, Brake brake, Runnable progress) {
    this.shop = shop;
    this.brake = brake;
    this.progress = progress;
  }

  /** How one mailbox was left. */
  record Visited(MailboxReport report, MailboxRecord standing) {}

  /**
   * Visits these mailboxes.
   *
   * @param recheckParked whether to look at parked ones before their time
   */
  List<Visited> run(List<MailboxRecord> mailboxes, boolean recheckParked)
      throws InterruptedException {
    List<Future<Visited>> visits = new ArrayList<>();
    for (MailboxRecord mailbox : mailboxes) {
      visits.add(shop.threads().mailboxes().submit(() -> visit(mailbox, recheckParked)));
    }
    List<Visited> visited = new ArrayList<>();
    for (Future<Visited> visit : visits) {
      try {
        visited.add(visit.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a visit cannot fail", e);
      }
    }
    shop.journal().saveMailboxes(visited.stream().map(Visited::standing).toList());
    return visited;
  }

  private Visited visit(MailboxRecord standing, boolean recheckParked) {
    Mailbox mailbox = new Mailbox(standing.address());
    VisitLog log = new VisitLog(mailbox, shop.metrics(), progress);
    Optional<String> leftAlone = leftAlone(standing, recheckParked);
    if (leftAlone.isPresent()) {
      return new Visited(log.tally().report(standing.address(), leftAlone.get()), standing);
    }
    Brake own = brake.ofMailbox();
    List<String> problems = new ArrayList<>();
    try {
      problems.addAll(new MailboxVisit(shop, mailbox, own, log).run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      own.pull(Stop.of(Stop.Kind.QUIET, "interrupted"));
    } catch (Throwable e) {
      unexpected(mailbox, own, e);
    }
    return conclude(standing, own, log, problems);
  }

  private Optional<String> leftAlone(MailboxRecord standing, boolean recheckParked) {
    Instant next = standing.nextCheckAt();
    Instant now = shop.clock().instant();
    // Later than that it was never meant to be: the clock has been put back since.
    boolean mistaken = next != null && next.isAfter(now.plus(PARKED));
    if (next == null || !now.isBefore(next) || mistaken) {
      return Optional.empty();
    }
    String parked = standing.parkedReason();
    if (parked != null) {
      return recheckParked ? Optional.empty() : Optional.of("parked until " + next + ": " + parked);
    }
    return Optional.of("throttled until " + next);
  }

  private void unexpected(Mailbox mailbox, Brake own, Throwable e) {
    own.pull(Stop.of(Stop.Kind.UNEXPECTED, Failure.words(e)));
    shop.metrics().unexpected();
    LOG.error("{}: {}", LogNames.of(mailbox), Failure.words(e), Failure.trace(e));
  }

  private Visited conclude(MailboxRecord before, Brake own, VisitLog log, List<String> problems) {
    Optional<Stop> stop = own.pulled();
    Instant now = shop.clock().instant();
    String parked = null;
    Instant next = null;
    if (stop.isPresent() && stop.get().kind() == Stop.Kind.UNUSABLE) {
      parked = stop.get().why();
      next = now.plus(PARKED);
    } else if (stop.isPresent() && stop.get().kind() == Stop.Kind.THROTTLED) {
      next = now.plus(Objects.requireNonNullElse(stop.get().retryAfter(), PATIENCE));
    }
    stop.ifPresent(s -> problems.add(s.why()));
    String problem = problems.isEmpty() ? null : String.join("; ", problems);
    Instant sync = stop.isPresent() ? before.lastSyncAt() : now;
    if (stop.isEmpty() || !stop.get().kind().everywhere()) {
      warnOnce(before, problem);
    }
    return new Visited(
        log.tally().report(before.address(), stop.map(Stop::why).orElse(null)),
        new MailboxRecord(before.address(), parked, next, sync, problem));
  }

  /** The same every minute would hide what is new. */
  private static void warnOnce(MailboxRecord before, @Nullable String problem) {
    if (!Objects.equals(before.problem(), problem)) {
      String name = LogNames.of(new Mailbox(before.address()));
      if (problem == null) {
        LOG.info("{}: works again", name);
      } else {
        LOG.warn("{}: {}", name, problem);
      }
    }
  }
}
