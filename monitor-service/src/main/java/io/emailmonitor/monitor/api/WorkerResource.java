package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.ledger.Overview;
import io.emailmonitor.monitor.ledger.Overview.TaskName;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.queue.WorkerPresence.Holding;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The workers that are alive, and what each of them holds. */
@Path("/redis-queue/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkerResource {
  private final Optional<InspectedQueue> queue;
  private final Overview overview;

  /**
   * @param queue empty when attachments go to local storage
   */
  public WorkerResource(Optional<InspectedQueue> queue, Overview overview) {
    this.queue = queue;
    this.overview = overview;
  }

  record Workers(String queueName, List<WorkerView> workers) {}

  /** A worker, as it last showed itself. */
  record WorkerView(
      String name,
      long silentMs,
      long uptimeMs,
      int concurrency,
      int held,
      List<HoldingView> holds) {}

  /** A task in its hands, with the message that it came from where the ledger knows it. */
  record HoldingView(
      String claimId,
      @Nullable String taskId,
      int attempt,
      long heldMs,
      @Nullable String filename,
      @Nullable String messageId) {}

  @GET
  public Workers workers() {
    InspectedQueue q = InspectedQueue.in(queue);
    List<WorkerPresence> alive = q.inspector().workers();
    Set<String> taskIds =
        alive.stream()
            .flatMap(worker -> worker.holdings().stream())
            .map(Holding::taskId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Map<String, TaskName> names = overview.names(taskIds);
    return new Workers(
        q.settings().name(), alive.stream().map(worker -> view(worker, names)).toList());
  }

  private static WorkerView view(WorkerPresence worker, Map<String, TaskName> names) {
    return new WorkerView(
        worker.name(),
        worker.silent().toMillis(),
        worker.uptime().toMillis(),
        worker.concurrency(),
        worker.held(),
        worker.holdings().stream().map(holding -> view(holding, names)).toList());
  }

  private static HoldingView view(Holding holding, Map<String, TaskName> names) {
    TaskName name = holding.taskId() == null ? null : names.get(holding.taskId());
    return new HoldingView(
        holding.claimId(),
        holding.taskId(),
        holding.attempt(),
        holding.age().toMillis(),
        name == null ? null : name.filename(),
        name == null ? null : name.messageId());
  }
}
