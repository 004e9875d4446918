package io.emailmonitor.monitor.api;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the monitor is and what it has done, and the button that makes it work now. */
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

  @GET
  @Produces(MediaType.TEXT_HTML)
  public String page() {
    return new StatusPage(status()).html();
  }

  /** Waits for the cycle's end; a cycle that is running already is joined. */
  @POST
  @Path("process-now")
  public CycleView processNow() throws InterruptedException {
    return CycleView.of(intake.processNow());
  }

  /**
   * Compares every mailbox with the ledger and waits for the cycle's end. Mail that came before the
   * watching began is brought by asking from long enough ago.
   */
  @POST
  @Path("reconcile")
  public CycleView reconcile(@QueryParam("since") @Nullable String since)
      throws InterruptedException {
    return CycleView.of(intake.reconcile(since == null ? null : instant(since)));
  }

  private static Instant instant(String text) {
    try {
      return text.length() == "2026-01-31".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Problem.of(400, "since must be a date such as 2026-01-31 or 2026-01-31T08:00:00Z")
          .exception();
    }
  }

  private Map<String, HealthCheck.Result> results() {
    return new TreeMap<>(checks.runHealthChecks());
  }
}
