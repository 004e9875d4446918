package io.emailmonitor.monitor.api;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the monitor is and what it has done. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {
  private final Intake intake;
  private final History history;
  private final HealthCheckRegistry checks;
  private final Optional<InspectedQueue> queue;

  /**
   * @param queue empty when attachments go to local storage
   */
  public StatusResource(
      Intake intake, History history, HealthCheckRegistry checks, Optional<InspectedQueue> queue) {
    this.intake = intake;
    this.history = history;
    this.checks = checks;
    this.queue = queue;
  }

  @GET
  @Path("status")
  public StatusView status() {
    return StatusView.of(intake, history, results(), queue);
  }

  private Map<String, HealthCheck.Result> results() {
    return new TreeMap<>(checks.runHealthChecks());
  }
}
