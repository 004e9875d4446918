package io.emailmonitor.monitor;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.emailmonitor.monitor.api.DeadTaskResource;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.api.JobResource;
import io.emailmonitor.monitor.api.MailResource;
import io.emailmonitor.monitor.api.MailboxResource;
import io.emailmonitor.monitor.api.QueueResource;
import io.emailmonitor.monitor.api.ReplayResource;
import io.emailmonitor.monitor.api.RulesResource;
import io.emailmonitor.monitor.api.StatusResource;
import io.emailmonitor.monitor.api.WorkerResource;
import io.emailmonitor.monitor.dashboard.Dashboard;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.LocalStorage;
import io.emailmonitor.monitor.delivery.ResultReader;
import io.emailmonitor.monitor.delivery.Retention;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.intake.Poller;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.queue.QueueCare;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.service.health.Checkups;
import io.emailmonitor.service.health.Repeated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor's process: puts its parts together and runs them. */
public final class MonitorApplication extends Application<MonitorConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorApplication.class);
  private static final String BESIDE = "config.yml";

  /** Without arguments, serves with the file beside it or else with the packaged one. */
  public static void main(String[] arguments) throws Exception {
    new MonitorApplication()
        .run(arguments.length == 0 ? new String[] {"server", defaultFile()} : arguments);
  }

  private static String defaultFile() {
    return Files.exists(Path.of(BESIDE)) ? BESIDE : SettingsFactory.PACKAGED;
  }

  @Override
  public String getName() {
    return "Email Monitor";
  }

  @Override
  public void initialize(Bootstrap<MonitorConfiguration> bootstrap) {
    SettingsFactory.installIn(bootstrap);
  }

  @Override
  protected void addDefaultCommands(Bootstrap<MonitorConfiguration> bootstrap) {
    bootstrap.addCommand(
        new ServerCommand<>(this) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            StartFailure.tell(cli, namespace, failure);
          }
        });
    bootstrap.addCommand(
        new CheckCommand<>(this) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            StartFailure.tell(cli, namespace, failure);
          }
        });
    bootstrap.addCommand(ReconcileCommand.regular(defaultFile()));
    bootstrap.addCommand(ReconcileCommand.backfill(defaultFile()));
    bootstrap.addCommand(new DoctorCommand(defaultFile(), System.getenv(), System.out));
    bootstrap.addCommand(new ExplainCommand(defaultFile(), System.getenv(), System.out));
  }

  @Override
  public void run(MonitorConfiguration settings, Environment environment) {
    Clock clock = Clock.systemUTC();
    MailSource mailSource = new GraphMailSource(settings.graph().settings());
    Optional<RedisTaskQueue> queue = settings.queue().open();
    Ledger ledger = openLedger(settings.storage(), environment.metrics(), clock);
    Optional<Fallback> fallback =
        queue.map(q -> fallback(settings, q, ledger, environment.metrics(), clock));
    LocalStorage storage = new LocalStorage(settings.storage().attachmentsPath());
    Delivery delivery = fallback.map(Fallback::delivery).orElse(storage);
    Optional<Retention> retention =
        Retention.of(
            settings.ages(), storage, ledger.storedFiles(), queue, clock, environment.metrics());
    if (fallback.isEmpty()) {
      warnOfWaiting(ledger);
    }
    Poller poller = poller(settings, mailSource, delivery, ledger, environment.metrics(), clock);

    Optional<ResultReader> results =
        queue.map(q -> settings.queue().results(q, ledger.taskResults()));

    // They stop in reverse order: whoever uses another is told later and ends sooner.
    queue.ifPresent(q -> environment.lifecycle().manage(new AutoCloseableManager(q)));
    Optional<Repeated> care = queue.map(MonitorApplication::care);
    care.ifPresent(environment.lifecycle()::manage);
    environment.lifecycle().manage(new AutoCloseableManager(ledger));
    results.ifPresent(environment.lifecycle()::manage);
    fallback.ifPresent(environment.lifecycle()::manage);
    retention.ifPresent(environment.lifecycle()::manage);
    Checkups checkups = new Checkups(environment, clock);
    Checks checks = new Checks(checkups);
    checks.watch(mailSource, queue, ledger.history(), poller);
    results.ifPresent(checks::watch);
    fallback.ifPresent(checks::watch);
    care.ifPresent(checks::watch);
    retention.ifPresent(checks::watch);
    if (fallback.isEmpty()) {
      checks.watch(storage);
    }
    environment.lifecycle().manage(poller);

    Optional<InspectedQueue> inspected = queue.map(settings.queue()::inspected);
    MonitorExposition.of(
            environment.metrics(), poller, ledger.history(), inspected, fallback, checkups, clock)
        .serve(environment.admin());
    MailResource mails = new MailResource(ledger.history(), ledger.followUps(), mailSource);
    MailboxResource mailboxes = new MailboxResource(ledger.overview());
    DeadTaskResource dead = new DeadTaskResource(inspected);
    WorkerResource workers = new WorkerResource(inspected, ledger.overview());
    HttpInterface http = new HttpInterface(settings, environment);
    http.serve(
        new StatusResource(
            poller,
            ledger.history(),
            environment.healthChecks(),
            inspected,
            () -> fallback.map(Fallback::backlog)),
        new JobResource(poller, clock),
        mails,
        new RulesResource(new AttachmentFilter(settings.filter()), ledger.history(), mailSource),
        new ReplayResource(ledger.history(), ledger.journal(), inspected, clock),
        mailboxes,
        new QueueResource(inspected),
        dead,
        workers);
    http.show(
        new Dashboard(
            new Dashboard.Routes(mails, mailboxes, dead, workers),
            poller,
            ledger.history(),
            ledger.overview(),
            environment.healthChecks(),
            inspected,
            environment.getObjectMapper(),
            clock));
  }

  private static Repeated care(RedisTaskQueue queue) {
    return new Repeated(
        "queue-care",
        "the care for the queue",
        "nobody looks after the queue",
        Repeated.LONGEST_ROUND,
        new QueueCare(queue, LOG::warn)::look);
  }

  static Poller poller(
      MonitorConfiguration settings,
      MailSource mailSource,
      Delivery delivery,
      Ledger ledger,
      MetricRegistry metrics,
      Clock clock) {
    return new Poller(
        settings.intake(),
        mailSource,
        new AttachmentFilter(settings.filter()),
        delivery,
        ledger,
        clock,
        metrics);
  }

  static Ledger openLedger(StorageSection storage, MetricRegistry metrics, Clock clock) {
    try {
      return Ledger.open(storage.databaseUrl(), metrics, clock);
    } catch (IllegalStateException e) {
      throw new StartException(e);
    }
  }

  private static void warnOfWaiting(Ledger ledger) {
    long waiting = ledger.waitingTasks().count();
    if (waiting > 0) {
      LOG.warn(
          "{} attachments were stored until Redis is back, and wait in ATTACHMENTS_DIR until"
              + " USE_REDIS_QUEUE is true again",
          waiting);
    }
  }

  static Fallback fallback(
      MonitorConfiguration settings,
      RedisTaskQueue queue,
      Ledger ledger,
      MetricRegistry metrics,
      Clock clock) {
    return new Fallback(
        settings.storage().attachmentsPath(),
        settings.storage().maxWaitingBytes().toBytes(),
        queue,
        queue,
        ledger.waitingTasks(),
        clock,
        metrics);
  }
}
