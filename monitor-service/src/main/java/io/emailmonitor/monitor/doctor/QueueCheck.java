package io.emailmonitor.monitor.doctor;

import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;

/** Asks Redis what it is and whether a queue is safe there. */
public final class QueueCheck {
  private static final String SUBJECT = "redis";

  private QueueCheck() {}

  /**
   * Adds what it finds to the report.
   *
   * @param server where it is, without credentials
   */
  public static void look(String server, QueueInspector queue, Report report) {
    try {
      QueueHealth health = queue.health();
      report.add(
          Finding.ok(
              SUBJECT,
              "%s is %s, maxmemory-policy %s, persistence %s"
                  .formatted(
                      health.server(),
                      health.version(),
                      health.evictionPolicy(),
                      health.persistence())));
      health.problems().forEach(problem -> report.add(Finding.fail(SUBJECT, problem, "")));
      health.warnings().forEach(warning -> report.add(Finding.note(SUBJECT, warning, "")));
    } catch (QueueUnavailableException e) {
      report.add(
          Finding.fail(SUBJECT, server + " does not answer", String.valueOf(e.getMessage())));
    }
  }
}
