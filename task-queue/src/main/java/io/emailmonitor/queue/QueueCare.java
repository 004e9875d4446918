package io.emailmonitor.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks after the queue while a process runs, as soon as Redis answers and then every hour: says in
 * the log, once each, what is wrong with how the server is set up, and puts back tasks that nothing
 * leads to any more. For one thread.
 */
public final class QueueCare {
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration UNTIL_IT_ANSWERS = Duration.ofSeconds(5);

  private final QueueInspector queue;
  private final Consumer<String> warn;
  private Set<String> told = Set.of();

  /**
   * Asks nothing yet.
   *
   * @param warn takes what is to be logged
   */
  public QueueCare(QueueInspector queue, Consumer<String> warn) {
    this.queue = queue;
    this.warn = warn;
  }

  /** Looks once; returns after what time to look again. */
  public Duration look() {
    try {
      tell(queue.health());
      long repaired = queue.repair();
      if (repaired > 0) {
        warn.accept(
            repaired
                + " tasks that nothing led to any more are claimable again: did somebody delete keys"
                + " of the queue, or does Redis evict?");
      }
      return INTERVAL;
    } catch (QueueUnavailableException e) {
      // Whoever needs the queue says so louder.
      return UNTIL_IT_ANSWERS;
    }
  }

  private void tell(QueueHealth health) {
    List<String> findings = new ArrayList<>(health.problems());
    findings.addAll(health.warnings());
    findings.stream().filter(finding -> !told.contains(finding)).forEach(warn);
    told = new HashSet<>(findings);
  }
}
