package io.emailmonitor.monitor.ledger;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up {@link Totals}. */
final class Sums {
  private long messages;
  private long retrying;
  private long attachments;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, Long> skipped = new TreeMap<>();
  private final Map<String, Long> failed = new TreeMap<>();

  Sums addMessages(MailRecord.State state, long count) {
    messages += count;
    retrying += state == MailRecord.State.RETRYING ? count : 0;
    return this;
  }

  Sums addAttachments(Outcome outcome, @Nullable String reason, long count) {
    attachments += count;
    outcomes.merge(outcome, count, Long::sum);
    if (reason != null && outcome == Outcome.SKIPPED) {
      skipped.merge(reason, count, Long::sum);
    } else if (reason != null && outcome == Outcome.FAILED) {
      failed.merge(reason, count, Long::sum);
    }
    return this;
  }

  Totals toTotals() {
    return new Totals(
        messages,
        retrying,
        attachments,
        Map.copyOf(outcomes),
        Map.copyOf(skipped),
        Map.copyOf(failed));
  }
}
