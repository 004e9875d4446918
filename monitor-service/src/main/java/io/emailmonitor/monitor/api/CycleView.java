package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a cycle did, with the sums over all mailboxes first. */
record CycleView(
    Instant startedAt,
    Instant finishedAt,
    long durationMs,
    int messages,
    int attachments,
    int enqueued,
    int stored,
    int skipped,
    int failed,
    int retrying,
    int missing,
    int late,
    boolean more,
    List<MailboxReport> mailboxes,
    List<String> problems) {

  static CycleView of(CycleReport report) {
    return new CycleView(
        report.startedAt(),
        report.finishedAt(),
        Duration.between(report.startedAt(), report.finishedAt()).toMillis(),
        sum(report, MailboxReport::messages),
        sum(report, MailboxReport::fetched),
        sum(report, MailboxReport::enqueued),
        sum(report, MailboxReport::stored),
        sum(report, MailboxReport::skipped),
        sum(report, MailboxReport::failed),
        sum(report, MailboxReport::retrying),
        sum(report, MailboxReport::missing),
        sum(report, MailboxReport::late),
        report.sum().more(),
        report.mailboxes(),
        report.problems());
  }

  private static int sum(CycleReport report, ToIntFunction<MailboxReport> count) {
    return report.mailboxes().stream().mapToInt(count).sum();
  }
}
