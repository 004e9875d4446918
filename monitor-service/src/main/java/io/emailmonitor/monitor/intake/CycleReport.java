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
      @Nullable String paused) {}
}
