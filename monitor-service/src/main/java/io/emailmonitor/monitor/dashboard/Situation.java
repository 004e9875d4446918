package io.emailmonitor.monitor.dashboard;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Overview;
import io.emailmonitor.monitor.ledger.Overview.MailboxCounts;
import io.emailmonitor.monitor.ledger.Overview.Waiting;
import io.emailmonitor.monitor.ledger.Totals;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out how all is at the moment: the part of the page that changes all the time. */
final class Situation {
  private static final Duration SELDOM = Duration.ofSeconds(10);

  private final Intake intake;
  private final HealthCheckRegistry checks;
  private final Optional<InspectedQueue> queue;
  private final Clock clock;
  private final Paced<Totals> totals;
  private final Paced<Latencies.LastHour> latency;
  private final Paced<Waiting> waiting;
  private final Paced<MailboxCounts> mailboxes;

  Situation(
      Intake intake,
      History history,
      Overview overview,
      Latencies latencies,
      HealthCheckRegistry checks,
      Optional<InspectedQueue> queue,
      Clock clock) {
    this.intake = intake;
    this.checks = checks;
    this.queue = queue;
    this.clock = clock;
    this.totals = new Paced<>(SELDOM, history::totals);
    this.latency = new Paced<>(SELDOM, () -> latencies.look(clock.instant()));
    this.waiting = new Paced<>(Duration.ofSeconds(2), overview::waiting);
    this.mailboxes = new Paced<>(Duration.ofSeconds(2), overview::mailboxCounts);
  }

  /** How all is. */
  record State(
      Instant now,
      Glance glance,
      Polling polling,
      @Nullable Queue queue,
      Waiting waiting,
      MailboxCounts mailboxes,
      Sums totals,
      Latencies.LastHour latency) {}

  /** What the ledger tells of. */
  record Sums(
      long messages,
      long retrying,
      long attachments,
      long enqueued,
      long stored,
      long skipped,
      long failed) {
    static Sums of(Totals totals) {
      Map<Outcome, Long> outcomes = totals.outcomes();
      return new Sums(
          totals.messages(),
          totals.retrying(),
          totals.attachments(),
          outcomes.getOrDefault(Outcome.ENQUEUED, 0L),
          outcomes.getOrDefault(Outcome.STORED, 0L),
          outcomes.getOrDefault(Outcome.SKIPPED, 0L),
          outcomes.getOrDefault(Outcome.FAILED, 0L));
    }
  }

  /** Where the loop over the mailboxes is. */
  record Polling(boolean running, @Nullable Instant nextCycleAt, @Nullable Instant lastCycleAt) {}

  /**
   * How full the queue is.
   *
   * @param problem why the rest is not known; null if it is
   */
  record Queue(
      String name,
      @Nullable String problem,
      long waiting,
      long waitingBytes,
      long claimed,
      long dead,
      long workers,
      long maxSize,
      long maxBytes,
      @Nullable Instant oldestCreatedAt) {}

  State look() {
    Instant now = clock.instant();
    MailboxCounts counts = mailboxes.get();
    Glance.Look look = new Glance.Look().checks(results());
    Queue shown = queue.map(q -> queue(q, look, now)).orElse(null);
    Waiting stored = waiting.get();
    look.waiting(stored).mailboxes(counts).cycle(intake.lastCycle());
    return new State(
        now,
        look.glance(),
        new Polling(
            intake.running(),
            intake.nextCycleAt().orElse(null),
            intake.lastCycle().map(cycle -> cycle.finishedAt()).orElse(null)),
        shown,
        stored,
        counts,
        Sums.of(totals.get()),
        latency.get());
  }

  private SortedMap<String, HealthCheck.Result> results() {
    return new TreeMap<>(checks.runHealthChecks());
  }

  private static Queue queue(InspectedQueue q, Glance.Look look, Instant now) {
    String name = q.settings().name();
    try {
      QueueStats stats = q.inspector().stats();
      List<WorkerPresence> workers = q.inspector().workers();
      look.queue(stats, q.settings(), workers.size(), now);
      return new Queue(
          name,
          null,
          stats.waiting(),
          stats.waitingBytes(),
          stats.claimed(),
          stats.dead(),
          workers.size(),
          q.settings().maxItems(),
          q.settings().maxBytes(),
          stats.oldestCreatedAt());
    } catch (QueueUnavailableException e) {
      // A check says the same, with what helps.
      return new Queue(name, e.getMessage(), 0, 0, 0, 0, 0, 0, 0, null);
    }
  }
}
