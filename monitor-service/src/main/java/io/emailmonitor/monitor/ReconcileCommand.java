package io.emailmonitor.monitor;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.LocalStorage;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.Poller;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.queue.RedisTaskQueue;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * Compares every mailbox with the ledger once, works on what is missing, and ends: {@code
 * reconcile} as regularly, {@code backfill} from a day on that has to be given. For times at which
 * no monitor runs on this ledger; a running one is asked by {@code POST /reconcile}.
 */
final class ReconcileCommand extends ConfiguredCommand<MonitorConfiguration> {
  private final String defaultFile;
  private final boolean fromADay;

  private ReconcileCommand(String name, String description, String defaultFile, boolean fromADay) {
    super(name, description);
    this.defaultFile = defaultFile;
    this.fromADay = fromADay;
  }

  static ReconcileCommand regular(String defaultFile) {
    return new ReconcileCommand(
        "reconcile",
        "Compares every mailbox with the ledger once and works on what is missing",
        defaultFile,
        false);
  }

  static ReconcileCommand backfill(String defaultFile) {
    return new ReconcileCommand(
        "backfill",
        "Brings mail of all mailboxes that was received since a day and is not in the ledger",
        defaultFile,
        true);
  }

  @Override
  public void configure(Subparser arguments) {
    super.configure(arguments);
    arguments
        .addArgument("--since")
        .type((parser, argument, date) -> LocalDate.parse(date))
        .metavar("DATE")
        .required(fromADay)
        .help(
            "compares, and brings, mail received since then"
                + (fromADay ? "" : "; by default RECONCILE_WINDOW"));
  }

  @Override
  protected Argument addFileArgument(Subparser arguments) {
    return super.addFileArgument(arguments).setDefault(defaultFile);
  }

  @Override
  protected void run(
      Bootstrap<MonitorConfiguration> bootstrap, Namespace namespace, MonitorConfiguration settings)
      throws Exception {
    LocalDate since = namespace.get("since");
    Clock clock = Clock.systemUTC();
    MetricRegistry metrics = bootstrap.getMetricRegistry();
    Optional<RedisTaskQueue> queue = settings.queue().open();
    try (Ledger ledger = MonitorApplication.openLedger(settings.storage(), metrics, clock)) {
      GraphMailSource mail = new GraphMailSource(settings.graph().settings());
      Optional<Fallback> fallback =
          queue.map(q -> MonitorApplication.fallback(settings, q, ledger, metrics, clock));
      Delivery delivery =
          fallback
              .map(Fallback::delivery)
              .orElseGet(() -> new LocalStorage(settings.storage().attachmentsPath()));
      Poller poller = MonitorApplication.poller(settings, mail, delivery, ledger, metrics, clock);
      poller.start();
      try {
        CycleReport report =
            poller
                .reconcile(since == null ? null : since.atStartOfDay(ZoneOffset.UTC).toInstant())
                .await();
        tell(report, System.out);
        while (report.sum().more()) {
          report = poller.processNow().await();
          tell(report, System.out);
        }
      } finally {
        poller.stop();
      }
    } finally {
      queue.ifPresent(RedisTaskQueue::close);
    }
  }

  private static void tell(CycleReport report, PrintStream out) {
    CycleReport.MailboxReport sum = report.sum();
    out.printf(
        "%d mailboxes: %d messages and %d attachments had been missing;"
            + " %d attachments enqueued, %d stored, %d skipped, %d failed%s%n",
        report.mailboxes().size(),
        sum.missing(),
        sum.late(),
        sum.enqueued(),
        sum.stored(),
        sum.skipped(),
        sum.failed(),
        sum.more() ? "; going on" : "");
    report.problems().forEach(problem -> out.println("  " + problem));
    report.mailboxes().stream()
        .filter(mailbox -> mailbox.paused() != null)
        .forEach(mailbox -> out.println("  " + mailbox.mailbox() + ": " + mailbox.paused()));
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    StartFailure.tell(cli, namespace, failure);
  }
}
