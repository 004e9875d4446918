package io.emailmonitor.monitor;

import io.emailmonitor.monitor.doctor.Finding;
import io.emailmonitor.monitor.doctor.MailCheck;
import io.emailmonitor.monitor.doctor.QueueCheck;
import io.emailmonitor.monitor.doctor.Report;
import io.emailmonitor.monitor.doctor.SignInCheck;
import io.emailmonitor.monitor.doctor.StorageCheck;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.graph.Grant;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.graph.GraphSettings;
import io.emailmonitor.monitor.intake.IntakeSettings;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.RedisTaskQueue;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;

/** Looks at everything that the monitor needs, while it runs or before, and says what helps. */
final class DoctorCommand extends PrintingCommand {
  DoctorCommand(String defaultFile, Map<String, String> environment, PrintStream out) {
    super(
        "doctor",
        "Checks settings, sign-in, mailboxes, Redis, disk and database",
        defaultFile,
        environment,
        out);
  }

  @Override
  void print(String file, SettingsFactory.Loaded loaded, Namespace arguments, PrintStream out) {
    Report report = new Report(out);
    if (areRight(loaded, file, report)) {
      examine(loaded.configuration(), report);
    }
    if (report.hasFailures()) {
      throw new DoctorException(report.summary());
    }
    out.println(report.summary());
  }

  private static boolean areRight(SettingsFactory.Loaded loaded, String file, Report report) {
    String subject = "settings";
    loaded.configuration().probeFiles(loaded.problems());
    loaded.problems().all().forEach(problem -> report.add(Finding.fail(subject, problem, "")));
    if (loaded.problems().none()) {
      report.add(Finding.ok(subject, file + " and the environment are complete"));
    }
    return loaded.problems().none();
  }

  private static void examine(MonitorConfiguration settings, Report report) {
    StorageCheck.look(
        settings.storage().attachmentsPath(), settings.storage().databaseUrl(), report);
    examineQueue(settings.queue(), report);

    GraphSettings graph = settings.graph().settings();
    GraphMailSource mail = new GraphMailSource(graph);
    Optional<Grant> grant = new SignInCheck(graph, mail, Clock.systemUTC()).look(report);
    IntakeSettings intake = settings.intake();
    grant.ifPresent(
        g ->
            new MailCheck(
                    mail,
                    intake.entries(),
                    intake.folders(),
                    mailbox -> leftOut(settings, mailbox),
                    intake.followUp())
                .look(graph.credentials(), g, settings.doctor().otherMailbox(), report));
  }

  private static Optional<String> leftOut(MonitorConfiguration settings, Mailbox mailbox) {
    return new AttachmentFilter(settings.filter()).mailboxes().judge(mailbox)
            instanceof Verdict.Reject reject
        ? Optional.of(reject.detail())
        : Optional.empty();
  }

  private static void examineQueue(QueueSection section, Report report) {
    try (RedisTaskQueue queue = section.open().orElse(null)) {
      if (queue == null) {
        report.add(Finding.ok("redis", "is not used: attachments go to ATTACHMENTS_DIR"));
      } else {
        QueueCheck.look(queue.describe(), queue, report);
      }
    }
  }

  /** Something is not as it must be, and was told. */
  static final class DoctorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DoctorException(String summary) {
      super(summary);
    }
  }
}
