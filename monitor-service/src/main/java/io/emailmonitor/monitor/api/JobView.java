package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.api.Jobs.Job;
import io.emailmonitor.monitor.intake.CycleProgress;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param errors what went wrong up to now: no single one of them makes the job fail
 * @param result what it did; null until it is done
 */
record JobView(
    String id,
    String kind,
    String state,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Mailboxes mailboxes,
    Counts counts,
    List<String> errors,
    @Nullable CycleView result) {

  /** How many mailboxes it visits, once that is known, and with how many it is done. */
  record Mailboxes(int done, int total) {}

  /** What came of the mailboxes that are done: messages, and attachments by outcome. */
  record Counts(
      int messages,
      int attachments,
      int enqueued,
      int stored,
      int skipped,
      int failed,
      int retrying,
      int missing,
      int late) {
    static Counts of(MailboxReport sum) {
      return new Counts(
          sum.messages(),
          sum.fetched(),
          sum.enqueued(),
          sum.stored(),
          sum.skipped(),
          sum.failed(),
          sum.retrying(),
          sum.missing(),
          sum.late());
    }
  }

  static JobView of(Job job) {
    CycleProgress progress = job.cycle().progress();
    try {
      Optional<CycleReport> report = job.cycle().report();
      return report.isPresent() ? ended(job, report.get()) : open(job, progress);
    } catch (IllegalStateException e) {
      String why = String.valueOf(e.getMessage());
      return view(job, "failed", progress, null, List.of(why), null);
    }
  }

  private static JobView open(Job job, CycleProgress progress) {
    String state = progress.startedAt() == null ? "waiting" : "running";
    return view(job, state, progress, null, errors(List.of(), progress.left()), null);
  }

  /** Where not even one mailbox could be visited, nothing was done of what was asked for. */
  private static JobView ended(Job job, CycleReport report) {
    List<MailboxReport> left = report.mailboxes();
    boolean failed = left.isEmpty() && !report.problems().isEmpty();
    return view(
        job,
        failed ? "failed" : "done",
        new CycleProgress(report.startedAt(), left.size(), left),
        report.finishedAt(),
        errors(report.problems(), left),
        CycleView.of(report));
  }

  private static List<String> errors(List<String> problems, List<MailboxReport> left) {
    List<String> errors = new ArrayList<>(problems);
    left.stream()
        .filter(mailbox -> mailbox.paused() != null)
        .forEach(mailbox -> errors.add(mailbox.mailbox() + ": " + mailbox.paused()));
    return errors;
  }

  private static JobView view(
      Job job,
      String state,
      CycleProgress progress,
      @Nullable Instant finishedAt,
      List<String> errors,
      @Nullable CycleView result) {
    return new JobView(
        job.id(),
        job.kind(),
        state,
        job.requestedAt(),
        progress.startedAt(),
        finishedAt,
        new Mailboxes(progress.left().size(), progress.mailboxes()),
        Counts.of(progress.sum()),
        errors,
        result);
  }
}
