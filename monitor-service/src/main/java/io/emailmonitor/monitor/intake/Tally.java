package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what was recorded for one mailbox in one cycle. For one thread. */
final class Tally {
  private int messages;
  private int retrying;
  private int missing;
  private int late;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  void add(MailRecord mail) {
    messages++;
    retrying += mail.state() == MailRecord.State.RETRYING ? 1 : 0;
    for (AttachmentRecord attachment : mail.attachments()) {
      outcomes.merge(attachment.outcome(), 1, Integer::sum);
    }
  }

  void reconciled(Sweep sweep) {
    missing = sweep.missing();
    late = sweep.late();
  }

  CycleReport.MailboxReport report(String mailbox, boolean more, @Nullable String paused) {
    return new CycleReport.MailboxReport(
        mailbox,
        messages,
        outcomes.values().stream().mapToInt(Integer::intValue).sum(),
        count(Outcome.ENQUEUED),
        count(Outcome.STORED),
        count(Outcome.SKIPPED),
        count(Outcome.FAILED),
        retrying,
        missing,
        late,
        more,
        paused);
  }

  private int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }
}
