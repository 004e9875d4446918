package io.emailmonitor.monitor.intake;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.service.metrics.SecondsHistogram;
import io.emailmonitor.service.metrics.SecondsTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the intake has done since the process began. Counted when it has been recorded in the
 * ledger:
 *
 * <pre>
 * intake.fetched = intake.enqueued + intake.stored + intake.skipped + intake.failed
 * intake.skipped = sum of intake.skipped.(reason)
 * intake.failed  = sum of intake.failed.(reason)
 * intake.mismatched = sum of intake.mismatched.(name | declared | both)
 * </pre>
 *
 * <p>What was stored until the queue is back counts as stored, also after it was enqueued.
 *
 * <p>{@code intake.latency} is the time from a mail's arrival until its attachment was handed on,
 * in milliseconds. Safe for use by several threads.
 */
final class IntakeMetrics {
  private static final String PREFIX = "intake";

  /** In seconds: a poll interval is a minute, throttling takes minutes, an outage hours. */
  private static final double[] LATENCIES = {
    1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400
  };

  private static final double[] CYCLES = {0.1, 0.5, 1, 5, 15, 60, 300, 1800};

  private final MetricRegistry registry;
  private final Histogram latency;
  private final Timer cycles;

  IntakeMetrics(MetricRegistry registry) {
    this.registry = registry;
    this.latency =
        registry.histogram(name("latency"), () -> new SecondsHistogram(LATENCIES.clone()));
    this.cycles = registry.timer(name("cycles"), () -> new SecondsTimer(CYCLES.clone()));
    count("messages", 0);
    count("retries", 0);
    count("unexpected", 0);
    count("fetched", 0);
    count("bytes", 0);
    count("mismatched", 0);
    for (String what : List.of("mailboxes", "messages", "missing", "late")) {
      count("reconciled." + what, 0);
    }
    for (FollowUpRecord.State state : FollowUpRecord.State.values()) {
      count("followUps." + word(state), 0);
    }
    for (Outcome outcome : Outcome.values()) {
      count(word(outcome), 0);
    }
  }

  /** Shows a budget: a gauge that stays at the total says that hand-off is the bottleneck. */
  void watch(String what, ByteBudget budget) {
    registry.gauge(
        name(what),
        () ->
            new Gauge<Long>() {
              @Override
              public Long getValue() {
                return budget.reserved();
              }
            });
  }

  void recorded(MailRecord mail) {
    count("messages", 1);
    count("retries", mail.state() == MailRecord.State.RETRYING ? 1 : 0);
    for (AttachmentRecord attachment : mail.attachments()) {
      count("fetched", 1);
      count(word(attachment.outcome()), 1);
      if (attachment.reason() != null) {
        count(word(attachment.outcome()) + "." + attachment.reason(), 1);
      }
      if (attachment.mismatch() != null) {
        count("mismatched", 1);
        count("mismatched." + attachment.mismatch(), 1);
      }
      if (attachment.taskId() != null) {
        count("bytes", attachment.size());
      }
      if (attachment.taskId() != null && !attachment.isWaiting()) {
        Instant arrived = mail.mail().receivedAt();
        latency.update(Math.max(0, Duration.between(arrived, attachment.recordedAt()).toMillis()));
      }
    }
  }

  void reconciled(Sweep sweep) {
    count("reconciled.mailboxes", 1);
    count("reconciled.messages", sweep.checked());
    count("reconciled.missing", sweep.missing());
    count("reconciled.late", sweep.late());
  }

  /** Those that wait are counted at each attempt that failed. */
  void followedUp(FollowUpRecord followUp) {
    count("followUps." + word(followUp.state()), 1);
  }

  /** A bug, or a ledger that cannot be written, ended the work on a mailbox. */
  void unexpected() {
    count("unexpected", 1);
  }

  void cycle(Duration took) {
    cycles.update(took.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void count(String what, long more) {
    registry.counter(name(what)).inc(more);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String name(String what) {
    return MetricRegistry.name(PREFIX, what);
  }
}
