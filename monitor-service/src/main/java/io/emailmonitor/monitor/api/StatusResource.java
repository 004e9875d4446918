package io.emailmonitor.monitor.api;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the monitor is and what it has done. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
  private final Intake intake;
  private final History history;
  private final HealthCheckRegistry checks;
  private final Optional<InspectedQueue> queue;
  private final Supplier<Optional<Backlog>> backlog;

  /**
   * @param queue empty when attachments go to local storage
   * @param backlog what is stored until the queue takes it; empty with it
   */
  public StatusResource(
      Intake intake,
      History history,
      HealthCheckRegistry checks,
      Optional<InspectedQueue> queue,
      Supplier<Optional<Backlog>> backlog) {
    this.intake = intake;
    this.history = history;
    this.checks = checks;
    this.queue = queue;
    this.backlog = backlog;
  }

  @GET
  @Path("status")
  public StatusView status() {
    return StatusView.of(intake, history, results(), queue, backlog.get());
  }

  private Map<String, HealthCheck.Result> results() {
    return new TreeMap<>(checks.runHealthChecks());
  }
}
