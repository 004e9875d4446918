package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a cycle is.
 *
 * @param startedAt null until it begins
 * @param mailboxes how many it visits; 0 until that is known
 * @param left what it did in those that it is done with
 */
public record CycleProgress(@Nullable Instant startedAt, int mailboxes, List<MailboxReport> left) {
  public CycleProgress {
    left = List.copyOf(left);
  }

  /** What it did in them together, under no address. */
  public MailboxReport sum() {
    return CycleReport.sum(left);
  }
}
