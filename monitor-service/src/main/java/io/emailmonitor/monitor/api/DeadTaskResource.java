package io.emailmonitor.monitor.api;

import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.service.http.Audit;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks that were given up: why, and what shall become of them. */
@Path("/redis-queue/dead")
@Produces(MediaType.APPLICATION_JSON)
public final class DeadTaskResource {
  private static final int MAX_LIMIT = 100;

  private final Optional<InspectedQueue> queue;

  /**
   * @param queue empty when attachments go to local storage
   */
  public DeadTaskResource(Optional<InspectedQueue> queue) {
    this.queue = queue;
  }

  record DeadTasks(String queueName, int offset, int limit, List<DeadView> tasks) {}

  /**
   * A dead task.
   *
   * @param task the fields before its content; empty if it is no task
   */
  record DeadView(
      String claimId,
      Instant diedAt,
      int deliveries,
      String reason,
      long taskBytes,
      Map<String, Object> task) {
    static DeadView of(DeadTask dead) {
      return new DeadView(
          dead.claimId(),
          dead.diedAt(),
          dead.deliveries(),
          dead.reason(),
          dead.task().bytes(),
          dead.task().facts());
    }
  }

  /** Those that died last first. */
  @GET
  public DeadTasks dead(
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("20") int limit) {
    Paging.check(offset, limit, MAX_LIMIT);
    InspectedQueue q = InspectedQueue.in(queue);
    List<DeadView> tasks = q.inspector().dead(offset, limit).stream().map(DeadView::of).toList();
    return new DeadTasks(q.settings().name(), offset, limit, tasks);
  }

  record Decided(String claimId, String outcome) {}

  @POST
  @Path("{claim_id}/redrive")
  public Decided redrive(
      @PathParam("claim_id") String claimId, @Context HttpServletRequest request) {
    return decide(claimId, "redriven", request, QueueInspector::redrive);
  }

  @POST
  @Path("{claim_id}/discard")
  public Decided discard(
      @PathParam("claim_id") String claimId, @Context HttpServletRequest request) {
    return decide(claimId, "discarded", request, QueueInspector::discard);
  }

  private interface Decision {
    boolean on(QueueInspector queue, String claimId);
  }

  private Decided decide(
      String claimId, String outcome, HttpServletRequest request, Decision decision) {
    InspectedQueue q = InspectedQueue.in(queue);
    if (!decision.on(q.inspector(), claimId)) {
      throw Problem.of(404, "No dead task has this claim id; somebody else may have decided on it")
          .exception();
    }
    Audit.result(request, "dead task of claim " + claimId + " " + outcome);
    return new Decided(claimId, outcome);
  }
}
