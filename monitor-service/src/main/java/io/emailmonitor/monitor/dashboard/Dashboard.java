package io.emailmonitor.monitor.dashboard;

import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.monitor.api.DeadTaskResource;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.api.MailResource;
import io.emailmonitor.monitor.api.MailboxResource;
import io.emailmonitor.monitor.api.WorkerResource;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.LedgerFailure;
import io.emailmonitor.monitor.ledger.Overview;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page and what keeps it up to date: one thread, which takes a sample now and then and, while
 * somebody looks, puts the parts together and sends what is new.
 */
public final class Dashboard implements LifeCycle.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final int SHOWN = 25;

  private final Board board;
  private final EventsServlet events;
  private final Sampler sampler;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "dashboard");
            made.setDaemon(true);
            return made;
          });

  /** The routes whose answers the page shows. */
  public record Routes(
      MailResource mails,
      MailboxResource mailboxes,
      DeadTaskResource dead,
      WorkerResource workers) {}

  public Dashboard(
      Routes routes,
      Intake intake,
      History history,
      Overview overview,
      HealthCheckRegistry checks,
      Optional<InspectedQueue> queue,
      ObjectMapper mapper,
      Clock clock) {
    Samples samples = new Samples();
    Latencies latencies = new Latencies(overview);
    Situation situation = new Situation(intake, history, overview, latencies, checks, queue, clock);
    sampler = new Sampler(queue, overview, samples, clock);
    board =
        new Board(mapper)
            .with("state", Duration.ofSeconds(1), situation::look)
            .with("series", Samples.INTERVAL, samples::series)
            .with("latency", Samples.INTERVAL, latencies::series)
            .with(
                "recent",
                Duration.ofSeconds(1),
                new Unless(overview::latestChange, () -> recent(routes.mails())))
            .with("mailboxes", TICK, () -> routes.mailboxes().mailboxes(0, SHOWN, ""));
    queue.ifPresent(
        q ->
            board
                .with("workers", TICK, () -> workers(routes.workers()))
                .with(
                    "dead", TICK, new Unless(() -> deaths(q), () -> routes.dead().dead(0, SHOWN))));
    events = new EventsServlet(board, mapper);
  }

  private static Object recent(MailResource mails) {
    return mails.recentResults(0, SHOWN, "", null, null);
  }

  private static Object workers(WorkerResource workers) {
    return workers.workers();
  }

  /** Looking at dead tasks costs Redis time by their size. */
  private static String deaths(InspectedQueue queue) {
    Map<String, Long> totals = queue.inspector().stats().totals();
    return totals.getOrDefault("buried", 0L)
        + " "
        + totals.getOrDefault("exhausted", 0L)
        + " "
        + totals.getOrDefault("redriven", 0L)
        + " "
        + totals.getOrDefault("discarded", 0L)
        + " "
        + totals.getOrDefault("drained", 0L);
  }

  /** What is looked up again only when something cheap to ask for is not what it was. */
  private static final class Unless implements Supplier<Object> {
    private final Supplier<String> sign;
    private final Supplier<Object> source;
    private String known = "";
    private Object value = "";

    Unless(Supplier<String> sign, Supplier<Object> source) {
      this.sign = sign;
      this.source = source;
    }

    @Override
    public Object get() {
      String now = sign.get();
      if (!now.equals(known)) {
        value = source.get();
        known = now;
      }
      return value;
    }
  }

  /** The page, its files, and all that it shows at once. */
  public List<Object> resources() {
    return List.of(new PageResource(), new BoardResource(board));
  }

  /** The stream of events. */
  public HttpServlet events() {
    return events;
  }

  @Override
  public void lifeCycleStarted(LifeCycle server) {
    every(sampler::sample, Samples.INTERVAL);
    every(this::tell, TICK);
  }

  /** Before the server waits for what is under way: streams would be, for ever. */
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    thread.shutdown();
    events.end();
  }

  private void tell() {
    if (events.listeners() > 0) {
      board.refresh();
      events.tell();
    }
  }

  private void every(Runnable task, Duration pause) {
    Future<?> ignored =
        thread.scheduleWithFixedDelay(
            () -> guarded(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is thrown on would end the page's thread without a word. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      String why = LedgerFailure.words(e).orElseGet(() -> String.valueOf(e.getMessage()));
      LOG.warn("the page is not up to date: {}", why);
      LOG.debug("the page is not up to date", e);
    }
  }
}
