package io.emailmonitor.monitor.api;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Totals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the monitor is.
 *
 * @param status {@code ok}, or {@code degraded} when a check is red
 * @param queue the queue's name; null when attachments go to local storage
 * @param waiting what is stored until the queue takes it; null without a queue
 */
record StatusView(
    String status,
    @Nullable String queue,
    @Nullable Backlog waiting,
    Polling polling,
    Map<String, Check> checks,
    Sums totals,
    List<MailboxView> mailboxes) {

  /** Where the loop is. */
  record Polling(
      boolean running,
      @Nullable Instant nextCycleAt,
      @Nullable CycleView lastCycle,
      @Nullable String problem) {}

  /** A health check's result. */
  record Check(boolean healthy, @Nullable String message) {}

  /** Sums over the ledger. */
  record Sums(
      long messages,
      long retrying,
      long attachments,
      Map<String, Long> outcomes,
      Map<String, Long> skippedByReason,
      Map<String, Long> failedByReason) {

    static Sums of(Totals totals) {
      Map<String, Long> outcomes = new LinkedHashMap<>();
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(MailView.lowerCase(outcome), totals.outcomes().getOrDefault(outcome, 0L));
      }
      return new Sums(
          totals.messages(),
          totals.retrying(),
          totals.attachments(),
          outcomes,
          totals.skippedByReason(),
          totals.failedByReason());
    }
  }

  /** When a mailbox was last compared with the ledger, and what had been missing there. */
  record Reconciled(Instant at, int missing, int late) {
    static @Nullable Reconciled of(MailboxRecord mailbox) {
      Instant at = mailbox.reconciledAt();
      return at == null ? null : new Reconciled(at, mailbox.missing(), mailbox.late());
    }
  }

  /** A watched mailbox. */
  record MailboxView(
      String address,
      @Nullable String parkedReason,
      @Nullable Instant nextCheckAt,
      @Nullable Instant lastSyncAt,
      @Nullable String problem,
      @Nullable Reconciled reconciled,
      @Nullable Sums totals) {

    static MailboxView of(MailboxRecord mailbox, @Nullable Totals totals) {
      return new MailboxView(
          mailbox.address(),
          mailbox.parkedReason(),
          mailbox.nextCheckAt(),
          mailbox.lastSyncAt(),
          mailbox.problem(),
          Reconciled.of(mailbox),
          totals == null ? null : Sums.of(totals));
    }
  }

  static StatusView of(
      Intake intake,
      History history,
      Map<String, HealthCheck.Result> results,
      Optional<InspectedQueue> queue,
      Optional<Backlog> backlog) {
    Map<String, Check> checks = new LinkedHashMap<>();
    results.forEach((name, r) -> checks.put(name, new Check(r.isHealthy(), r.getMessage())));
    boolean healthy = checks.values().stream().allMatch(Check::healthy);
    Map<String, Totals> byMailbox = history.totalsByMailbox();
    return new StatusView(
        healthy ? "ok" : "degraded",
        queue.map(q -> q.settings().name()).orElse(null),
        backlog.orElse(null),
        new Polling(
            intake.running(),
            intake.nextCycleAt().orElse(null),
            intake.lastCycle().map(CycleView::of).orElse(null),
            intake.problem().orElse(null)),
        checks,
        Sums.of(history.totals()),
        history.mailboxes().stream()
            .map(m -> MailboxView.of(m, byMailbox.get(m.address())))
            .toList());
  }
}
