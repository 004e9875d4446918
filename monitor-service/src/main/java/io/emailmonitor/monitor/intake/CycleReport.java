package io.emailmonitor.monitor.intake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over all mailboxes did.
 *
 * @param problems entries of the configuration that could not be resolved and other things that
 *     concern no single mailbox
 */
public record CycleReport(
    Instant startedAt, Instant finishedAt, List<MailboxReport> mailboxes, List<String> problems) {
  public CycleReport {
    mailboxes = List.copyOf(mailboxes);
    problems = List.copyOf(problems);
  }

  /** Of a cycle that ended in a bug, or found no ledger to write to. */
  static CycleReport broken(Instant startedAt, Instant finishedAt, String why) {
    return new CycleReport(startedAt, finishedAt, List.of(), List.of("the cycle broke: " + why));
  }

  /** What it did in all mailboxes together, under no address. */
  public MailboxReport sum() {
    return sum(mailboxes);
  }

  static MailboxReport sum(List<MailboxReport> reports) {
    return reports.stream().reduce(MailboxReport.NOTHING, MailboxReport::plus);
  }

  /**
   * What it did in one mailbox. {@code fetched = enqueued + stored + skipped + failed}.
   *
   * @param messages messages worked on
   * @param fetched attachments that got their outcome
   * @param retrying messages put off to a later attempt
   * @param missing messages that a reconciliation found and the changes had not brought
   * @param late attachments that a reconciliation found on messages that had been recorded
   * @param more whether it is gone on with in the next cycle, which begins at once
   * @param paused why the mailbox was left before its end (parked, throttled, queue full or down),
   *     in words
   */
  public record MailboxReport(
      String mailbox,
      int messages,
      int fetched,
      int enqueued,
      int stored,
      int skipped,
      int failed,
      int retrying,
      int missing,
      int late,
      boolean more,
      @Nullable String paused) {
    private static final MailboxReport NOTHING = new MailboxReport("", 0, 0, 0, 0, 0, 0, 0, null);

    /** One that was read to its end, without a reconciliation. */
    public MailboxReport(
        String mailbox,
        int messages,
        int fetched,
        int enqueued,
        int stored,
        int skipped,
        int failed,
        int retrying,
        @Nullable String paused) {
      this(
          mailbox, messages, fetched, enqueued, stored, skipped, failed, retrying, 0, 0, false,
          paused);
    }

    private MailboxReport plus(MailboxReport other) {
      return new MailboxReport(
          mailbox,
          messages + other.messages,
          fetched + other.fetched,
          enqueued + other.enqueued,
          stored + other.stored,
          skipped + other.skipped,
          failed + other.failed,
          retrying + other.retrying,
          missing + other.missing,
          late + other.late,
          more || other.more,
          null);
    }
  }
}
