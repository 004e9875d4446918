package io.emailmonitor.monitor;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.service.health.Checkups;
import io.emailmonitor.service.health.Recent;
import io.emailmonitor.service.metrics.Exposition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What Prometheus is shown of the monitor. {@code attachments_fetched} = the sum of {@code
 * attachments} over all outcomes.
 */
final class MonitorExposition {
  private final Exposition shown;
  private final Checkups checkups;
  private final InstantSource clock;

  private MonitorExposition(MetricRegistry metrics, Checkups checkups, InstantSource clock) {
    this.shown = new Exposition(metrics, "email_monitor");
    this.checkups = checkups;
    this.clock = clock;
  }

  static Exposition of(
      MetricRegistry metrics,
      Intake intake,
      History history,
      Optional<InspectedQueue> queue,
      Optional<Fallback> fallback,
      Checkups checkups,
      InstantSource clock) {
    MonitorExposition exposition = new MonitorExposition(metrics, checkups, clock);
    exposition.counts();
    exposition.cycles(intake);
    exposition.mailboxes(history);
    queue.ifPresent(exposition::queue);
    fallback.ifPresent(exposition::waiting);
    return exposition.shown.gauges(
        "healthy", "Whether a health check is green (1) or red (0)", "check", checkups::green);
  }

  private void counts() {
    shown
        .counter("messages_recorded", "Messages worked on", "intake.messages")
        .counter("message_retries", "Messages put off to a later attempt", "intake.retries")
        .counter("attachments_fetched", "Attachments that got an outcome", "intake.fetched")
        .counters(
            "attachments",
            "Attachments by what became of them",
            "outcome",
            Map.of(
                "enqueued", "intake.enqueued",
                "stored", "intake.stored",
                "skipped", "intake.skipped",
                "failed", "intake.failed"))
        .countersBelow(
            "attachments_skipped", "Attachments skipped, by reason", "reason", "intake.skipped.")
        .countersBelow(
            "attachments_failed", "Attachments given up, by reason", "reason", "intake.failed.")
        .countersBelow(
            "attachment_type_mismatches",
            "Attachments whose content is not what they say, by what contradicts it",
            "by",
            "intake.mismatched.")
        .counters(
            "follow_ups",
            "Attempts to mark or move messages in their mailbox, by how they ended",
            "result",
            Map.of(
                "done", "intake.followUps.done",
                "failed", "intake.followUps.failed",
                "put_off", "intake.followUps.waiting"))
        .counter("attachment_bytes", "Bytes of attachments handed on", "intake.bytes")
        .counters(
            "removed",
            "What was removed because of its age",
            "what",
            Map.of("stored_file", "retention.files", "dead_task", "retention.dead"))
        .counter("reconciled_mailboxes", "Mailboxes compared", "intake.reconciled.mailboxes")
        .counter("reconciled_messages", "Messages compared", "intake.reconciled.messages")
        .counter(
            "reconciled_missing",
            "Messages that only a reconciliation found",
            "intake.reconciled.missing")
        .counter(
            "reconciled_late",
            "Attachments that came after their message was recorded",
            "intake.reconciled.late")
        .counter("unexpected_failures", "Visits to mailboxes that broke", "intake.unexpected")
        .histogram(
            "handover_latency_seconds",
            "From a mail's arrival until its attachment was handed on",
            "intake.latency");
  }

  private void cycles(Intake intake) {
    shown
        .histogram("cycle_duration_seconds", "How long cycles take", "intake.cycles")
        .gauge(
            "cycle_finished_timestamp_seconds",
            "When the last cycle ended",
            () ->
                intake
                    .lastCycle()
                    .map(CycleReport::finishedAt)
                    .map(at -> (double) at.getEpochSecond())
                    .map(List::of)
                    .orElse(List.of()));
  }

  private void mailboxes(History history) {
    Recent<List<MailboxRecord>> mailboxes = checkups.recent(history::mailboxes);
    shown
        .gauges(
            "mailboxes",
            "Mailboxes by whether they can be read",
            "state",
            () -> mailboxes.ifKnown().map(MonitorExposition::byState).orElse(Map.of()))
        .gauge(
            "mailbox_sync_age_seconds_max",
            "For how long the mailbox that is furthest behind has not been read to its end",
            () -> mailboxes.ifKnown().map(this::oldestSync).orElse(List.of()));
  }

  private static Map<String, Double> byState(List<MailboxRecord> mailboxes) {
    double parked = mailboxes.stream().filter(m -> m.parkedReason() != null).count();
    return Map.of("parked", parked, "watched", mailboxes.size() - parked);
  }

  private List<Double> oldestSync(List<MailboxRecord> mailboxes) {
    return mailboxes.stream()
        .filter(mailbox -> mailbox.parkedReason() == null)
        .map(MailboxRecord::lastSyncAt)
        .filter(Objects::nonNull)
        .map(this::age)
        .max(Double::compare)
        .map(List::of)
        .orElse(List.of());
  }

  private double age(Instant since) {
    return Duration.between(since, clock.instant()).toMillis() / 1e3;
  }

  private void queue(InspectedQueue queue) {
    Recent<QueueStats> stats = checkups.recent(queue.inspector()::stats);
    shown
        .gauges(
            "queue_tasks",
            "Tasks on the queue",
            "state",
            () -> stats.ifKnown().map(MonitorExposition::tasks).orElse(Map.of()))
        .gauge(
            "queue_bytes",
            "Bytes that waiting tasks take in Redis",
            () -> one(stats, QueueStats::waitingBytes))
        .gauge(
            "queue_oldest_task_age_seconds",
            "For how long the task that is next in turn has waited; 0 when none waits",
            () -> stats.ifKnown().map(this::oldestTask).orElse(List.of()))
        .gauge(
            "queue_tasks_max",
            "When the queue is full",
            () -> List.of((double) queue.settings().maxItems()))
        .gauge(
            "queue_bytes_max",
            "When the queue is full; 0 for no limit",
            () -> List.of((double) queue.settings().maxBytes()));
  }

  private void waiting(Fallback fallback) {
    shown
        .gauge(
            "waiting_tasks",
            "Tasks that are stored because Redis is down, and go to the queue when it is back",
            () -> List.of((double) fallback.backlog().tasks()))
        .gauge(
            "waiting_bytes",
            "Bytes that those tasks take on disk",
            () -> List.of((double) fallback.backlog().bytes()))
        .gauge(
            "waiting_bytes_max",
            "How many bytes may be stored; then mailboxes pause",
            () -> List.of((double) fallback.backlog().maxBytes()))
        .gauge(
            "waiting_oldest_task_age_seconds",
            "For how long the oldest of those tasks has been stored; 0 when there is none",
            () ->
                List.of(Optional.ofNullable(fallback.backlog().since()).map(this::age).orElse(0.0)))
        .counters(
            "waiting_ended",
            "Tasks that are stored no longer, by what became of them",
            "outcome",
            Map.of(
                "enqueued", "waiting.enqueued",
                "refused", "waiting.refused",
                "lost", "waiting.lost"));
  }

  private static Map<String, Double> tasks(QueueStats stats) {
    return Map.of(
        "waiting", (double) stats.waiting(),
        "claimed", (double) stats.claimed(),
        "dead", (double) stats.dead());
  }

  private List<Double> oldestTask(QueueStats stats) {
    Instant oldest = stats.oldestCreatedAt();
    return oldest != null ? List.of(age(oldest)) : stats.waiting() == 0 ? List.of(0.0) : List.of();
  }

  private static List<Double> one(Recent<QueueStats> stats, ToDoubleFunction<QueueStats> value) {
    return stats.ifKnown().map(known -> List.of(value.applyAsDouble(known))).orElse(List.of());
  }
}
