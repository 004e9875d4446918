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
    return mailboxes.stream().reduce(MailboxReport.NOTHING, MailboxReport::plus);
  }

  /**
   * What it did in one mailbox. {@code fetched = enqueued + stored + skipped + failed}.
   *
   * @param messages messages worked on
   * @param fetched attachments that got their outcome
   * @param retrying messages put off to a later attempt
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
      @Nullable String paused) {
    private static final MailboxReport NOTHING = new MailboxReport("", 0, 0, 0, 0, 0, 0, 0, null);

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
          null);
    }
  }
}
