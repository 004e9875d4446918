package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    MailboxReport sum = report.sum();
    return new CycleView(
        report.startedAt(),
        report.finishedAt(),
        Duration.between(report.startedAt(), report.finishedAt()).toMillis(),
        sum.messages(),
        sum.fetched(),
        sum.enqueued(),
        sum.stored(),
        sum.skipped(),
        sum.failed(),
        sum.retrying(),
        sum.missing(),
        sum.late(),
        sum.more(),
        report.mailboxes(),
        report.problems());
  }
}
