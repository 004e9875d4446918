package io.emailmonitor.monitor.dashboard;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.ledger.Overview.MailboxCounts;
import io.emailmonitor.monitor.ledger.Overview.Waiting;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether all is well, in one word, and why not.
 *
 * @param word {@code well}, {@code attention} when somebody should look, {@code trouble} when
 *     something does not work
 */
record Glance(String word, List<Reason> reasons) {
  /** How long tasks may wait without any worker before that is worth a word. */
  private static final Duration UNCLAIMED = Duration.ofMinutes(1);

  /** Something that is not as it should be. */
  record Reason(String level, String what, String text) {}

  /** Puts the reasons together, the worst first. */
  static final class Look {
    private final List<Reason> trouble = new ArrayList<>();
    private final List<Reason> attention = new ArrayList<>();

    Look checks(Map<String, HealthCheck.Result> checks) {
      checks.forEach(
          (name, result) -> {
            if (!result.isHealthy()) {
              trouble.add(new Reason("trouble", name, String.valueOf(result.getMessage())));
            }
          });
      return this;
    }

    Look queue(QueueStats stats, QueueSettings limits, int workers, Instant now) {
      if (stats.dead() > 0) {
        attend(
            "dead tasks",
            count(stats.dead(), "task was", "tasks were") + " given up by the workers");
      }
      boolean manyBytes = limits.maxBytes() > 0 && stats.waitingBytes() >= limits.maxBytes();
      if (stats.waiting() >= limits.maxItems() || manyBytes) {
        attend("queue", "It is full: mailboxes pause until workers have taken something");
      }
      Instant oldest = stats.oldestCreatedAt();
      boolean longAgo = oldest != null && oldest.isBefore(now.minus(UNCLAIMED));
      if (workers == 0 && longAgo) {
        attend(
            "workers", "None is alive, and " + count(stats.waiting(), "task waits", "tasks wait"));
      }
      return this;
    }

    Look waiting(Waiting stored) {
      if (stored.tasks() > 0) {
        attend(
            "stored tasks",
            count(stored.tasks(), "task waits", "tasks wait")
                + " on disk and will go to the queue when Redis takes them");
      }
      return this;
    }

    Look mailboxes(MailboxCounts counts) {
      if (counts.watched() == 0) {
        attend("mailboxes", "None is watched yet");
      }
      if (counts.parked() > 0) {
        attend(
            "mailboxes",
            count(counts.parked(), "cannot be read and is", "cannot be read and are")
                + " parked until tried again");
      }
      if (counts.troubled() > 0) {
        attend("mailboxes", count(counts.troubled(), "was", "were") + " not read to the end");
      }
      return this;
    }

    Look cycle(Optional<CycleReport> last) {
      last.map(CycleReport::problems)
          .filter(problems -> !problems.isEmpty())
          .ifPresent(problems -> attend("last cycle", problems.get(0)));
      return this;
    }

    private void attend(String what, String text) {
      attention.add(new Reason("attention", what, text));
    }

    private static String count(long count, String one, String many) {
      return count + " " + (count == 1 ? one : many);
    }

    Glance glance() {
      List<Reason> all = new ArrayList<>(trouble);
      all.addAll(attention);
      String word = !trouble.isEmpty() ? "trouble" : all.isEmpty() ? "well" : "attention";
      return new Glance(word, List.copyOf(all));
    }
  }
}
