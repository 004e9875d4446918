package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.api.Jobs.Job;
import io.emailmonitor.monitor.intake.AskedCycle;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.service.http.Audit;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Makes the monitor work now, and tells how far that is. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Whoever waits holds a thread; more than these get their answer at once. */
  private static final int WAITING_AT_ONCE = 20;

  private final Intake intake;
  private final Jobs jobs;
  private final Semaphore mayWait = new Semaphore(WAITING_AT_ONCE);

  public JobResource(Intake intake, InstantSource clock) {
    this.intake = intake;
    this.jobs = new Jobs(clock);
  }

  /** Looks at all mailboxes now; joins the cycle that runs, if one does. */
  @POST
  @Path("process-now")
  public Response processNow(
      @QueryParam("wait") @Nullable String wait, @Context HttpServletRequest request)
      throws InterruptedException {
    Duration patience = patience(wait);
    return answer("process-now", intake.processNow(), patience, request);
  }

  /**
   * Compares every mailbox with the ledger. Mail that came before the watching began is brought by
   * asking from long enough ago.
   */
  @POST
  @Path("reconcile")
  public Response reconcile(
      @QueryParam("since") @Nullable String since,
      @QueryParam("wait") @Nullable String wait,
      @Context HttpServletRequest request)
      throws InterruptedException {
    Duration patience = patience(wait);
    AskedCycle cycle = intake.reconcile(since == null ? null : instant(since));
    return answer("reconcile", cycle, patience, request);
  }

  record Latest(List<JobView> jobs) {}

  @GET
  @Path("jobs")
  public Latest latest() {
    return new Latest(jobs.latest().stream().map(JobView::of).toList());
  }

  @GET
  @Path("jobs/{id}")
  public JobView job(@PathParam("id") String id) {
    return jobs.find(id)
        .map(JobView::of)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "No job with this id is known: the latest "
                            + Jobs.KEPT
                            + " are, until the monitor is restarted")
                    .exception());
  }

  private Response answer(
      String kind, AskedCycle cycle, Duration patience, HttpServletRequest request)
      throws InterruptedException {
    Job job = jobs.add(kind, cycle);
    Audit.result(request, "job " + job.id());
    await(cycle, patience);
    JobView view = JobView.of(job);
    if (view.state().equals("failed") && view.result() == null) {
      throw Problem.of(503, String.join("; ", view.errors())).exception();
    }
    boolean answered = !patience.isZero() && view.finishedAt() != null;
    return Response.status(answered ? 200 : 202)
        .header(HttpHeaders.LOCATION, "/jobs/" + job.id())
        .entity(view)
        .build();
  }

  private void await(AskedCycle cycle, Duration patience) throws InterruptedException {
    if (!patience.isZero() && mayWait.tryAcquire()) {
      try {
        boolean ignored = cycle.awaitEnd(patience);
      } finally {
        mayWait.release();
      }
    }
  }

  private static Duration patience(@Nullable String wait) {
    if (wait == null) {
      return Duration.ZERO;
    }
    try {
      Duration given = io.dropwizard.util.Duration.parse(wait).toJavaDuration();
      if (given.compareTo(LONGEST_WAIT) <= 0) {
        return given;
      }
    } catch (IllegalArgumentException e) {
      throw wrongWait();
    }
    throw wrongWait();
  }

  private static WebApplicationException wrongWait() {
    return Problem.of(400, "wait must be a duration such as 500ms or 30s, at most 5m").exception();
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
}
