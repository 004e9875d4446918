package io.emailmonitor.worker.reference;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.service.health.Checkups;
import io.emailmonitor.service.metrics.Exposition;
import java.util.List;
import java.util.Map;

/**
 * What Prometheus is shown of a worker. {@code tasks_claimed} = the sum of {@code tasks} over all
 * outcomes + {@code tasks_in_flight}.
 */
final class WorkerExposition {
  private WorkerExposition() {}

  static Exposition of(MetricRegistry metrics, Checkups checkups) {
    return new Exposition(metrics, "queue_worker")
        .counter("tasks_claimed", "Tasks claimed from the queue", "worker.claimed")
        .counters(
            "tasks",
            "Claimed tasks by what became of them",
            "outcome",
            Map.of(
                "done", "worker.done",
                "retried", "worker.retried",
                "buried", "worker.buried",
                "lost", "worker.lost",
                "released", "worker.released"))
        .gauge(
            "tasks_in_flight",
            "Tasks in hand",
            () -> List.of((double) metrics.counter("worker.in_flight").getCount()))
        .histogram(
            "task_duration_seconds",
            "How long the handler takes for a task",
            "worker.task.duration")
        .counter("content_bytes", "Bytes of content given to the handler", "worker.content.bytes")
        .counter("breakdowns", "How often a thread of the worker broke down", "worker.breakdowns")
        .gauges(
            "healthy", "Whether a health check is green (1) or red (0)", "check", checkups::green);
  }
}
