package io.emailmonitor.monitor.api;

import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueuedTask;
import io.emailmonitor.service.http.Audit;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the queue and empties it; never moves a task's content. */
@Path("/redis-queue")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {
  private final Optional<InspectedQueue> queue;

  /**
   * @param queue empty when attachments go to local storage
   */
  public QueueResource(Optional<InspectedQueue> queue) {
    this.queue = queue;
  }

  record Status(
      boolean enabled,
      boolean connected,
      @Nullable String queueName,
      @Nullable String server,
      @Nullable Long queueLength,
      @Nullable Long maxQueueSize,
      @Nullable String problem) {}

  @GET
  @Path("status")
  public Status status() {
    if (queue.isEmpty()) {
      return new Status(false, false, null, null, null, null, InspectedQueue.OFF);
    }
    InspectedQueue q = queue.get();
    return new Status(
        true,
        true,
        q.settings().name(),
        q.server(),
        q.inspector().stats().waiting(),
        q.settings().maxItems(),
        null);
  }

  record Stats(
      String queueName,
      long queueLength,
      long waitingBytes,
      long claimed,
      long dead,
      long maxQueueSize,
      long maxQueueBytes,
      @Nullable Instant oldestCreatedAt,
      Map<String, Long> totals) {}

  @GET
  @Path("stats")
  public Stats stats() {
    InspectedQueue q = queue();
    QueueStats stats = q.inspector().stats();
    return new Stats(
        q.settings().name(),
        stats.waiting(),
        stats.waitingBytes(),
        stats.claimed(),
        stats.dead(),
        q.settings().maxItems(),
        q.settings().maxBytes(),
        stats.oldestCreatedAt(),
        stats.totals());
  }

  record Peek(String queueName, int count, List<Map<String, Object>> tasks) {}

  @GET
  @Path("peek")
  public Peek peek(@QueryParam("count") @DefaultValue("5") int count) {
    if (count < 1 || count > 100) {
      throw Problem.of(400, "count is " + count + "; it must be 1 to 100").exception();
    }
    InspectedQueue q = queue();
    List<Map<String, Object>> tasks =
        q.inspector().peek(count).stream().map(QueueResource::describe).toList();
    return new Peek(q.settings().name(), tasks.size(), tasks);
  }

  private static Map<String, Object> describe(QueuedTask task) {
    Map<String, Object> facts = new LinkedHashMap<>(task.facts());
    facts.put("task_bytes", task.bytes());
    return facts;
  }

  record Cleared(String queueName, long removed) {}

  /**
   * Throws the waiting tasks away.
   *
   * @param expected how many the caller has seen; if it is another number now, nothing is done
   */
  @POST
  @Path("clear")
  public Cleared clear(
      @QueryParam("expected") @Nullable Long expected, @Context HttpServletRequest request) {
    if (expected != null && expected < 0) {
      throw Problem.of(400, "expected must be 0 or more").exception();
    }
    InspectedQueue q = queue();
    long removed = expected == null ? q.inspector().clear() : expected;
    if (expected != null && !q.inspector().clearIf(expected)) {
      throw Problem.of(
              409, "Other tasks wait now than the " + expected + " expected; nothing was cleared")
          .with(Map.of("queue_length", q.inspector().stats().waiting()))
          .exception();
    }
    Audit.result(request, removed + " waiting tasks removed from " + q.settings().name());
    return new Cleared(q.settings().name(), removed);
  }

  record Drained(String queueName, long returned) {}

  @POST
  @Path("drain")
  public Drained drain(@Context HttpServletRequest request) {
    InspectedQueue q = queue();
    long returned = q.inspector().drain();
    Audit.result(request, returned + " dead or overdue tasks put back on " + q.settings().name());
    return new Drained(q.settings().name(), returned);
  }

  record Health(
      boolean healthy,
      @Nullable QueueHealth server,
      List<String> problems,
      List<String> warnings) {}

  @GET
  @Path("health")
  public Response health() {
    QueueHealth server = queue().inspector().health();
    boolean healthy = server.problems().isEmpty();
    return Response.status(healthy ? 200 : 503)
        .entity(new Health(healthy, server, server.problems(), server.warnings()))
        .build();
  }

  private InspectedQueue queue() {
    return InspectedQueue.in(queue);
  }
}
