package io.emailmonitor.monitor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Explanation;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.slf4j.LoggerFactory;

/**
 * Shows what the rules say of the latest messages of a mailbox. Fetches no content, hands nothing
 * on and records nothing, so that it can run beside a monitor, with other settings.
 */
final class ExplainCommand extends Command {
  private static final String FILE = "file";
  private static final int MOST = 1000;

  private final String defaultFile;
  private final Map<String, String> environment;
  private final PrintStream out;

  ExplainCommand(String defaultFile, Map<String, String> environment, PrintStream out) {
    super("explain", "Shows what the rules say of the latest messages of a mailbox");
    this.defaultFile = defaultFile;
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument(FILE).nargs("?").setDefault(defaultFile).help("the settings");
    parser.addArgument("--mailbox").required(true).metavar("ADDRESS").help("whose messages");
    parser.addArgument("--folder").setDefault("inbox").help("of which folder; by default inbox");
    parser
        .addArgument("--last")
        .type(Integer.class)
        .choices(Arguments.range(1, MOST))
        .setDefault(20)
        .metavar("COUNT")
        .help("how many messages; by default 20");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace)
      throws IOException, SettingsException {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    String file = namespace.getString(FILE);
    SettingsFactory.Loaded loaded =
        new SettingsFactory(
                bootstrap.getValidatorFactory().getValidator(),
                bootstrap.getObjectMapper(),
                environment)
            .load(bootstrap.getConfigurationSourceProvider(), file);
    if (!loaded.problems().none()) {
      throw new SettingsException(file, loaded.problems());
    }
    MonitorConfiguration settings = loaded.configuration();
    try {
      explain(
          new AttachmentFilter(settings.filter()),
          new GraphMailSource(settings.graph().settings()),
          new Mailbox(namespace.getString("mailbox")),
          namespace.getString("folder"),
          namespace.getInt("last"));
    } catch (MailSourceException e) {
      throw new StartException(e);
    }
  }

  private void explain(
      AttachmentFilter filter, MailSource source, Mailbox mailbox, String folder, int count) {
    tell("", mailbox.address(), filter.mailboxes().explain(mailbox));
    for (Mail mail : source.latest(mailbox, source.folder(mailbox, folder), count)) {
      String words = String.join("  ", mail.senderAddress(), mail.subject());
      out.printf("%s  %s%n", mail.receivedAt(), visible(words));
      for (Attachment attachment : source.attachments(mailbox, mail)) {
        String what = "%s (%d bytes)".formatted(attachment.name(), attachment.size());
        tell("  ", what, filter.explain(mail, attachment));
      }
    }
  }

  private void tell(String indent, String what, Explanation explanation) {
    boolean rejected = explanation.verdict() instanceof Verdict.Reject;
    out.println(indent + (rejected ? "skip  " : "take  ") + visible(what));
    explanation.opinions().stream()
        .map(opinion -> opinion.verdict() instanceof Verdict.Reject r ? r.detail() : "")
        .filter(detail -> !detail.isEmpty())
        .forEach(detail -> out.println(indent + "      " + visible(detail)));
  }

  /** What a mail brings must not steer the terminal. */
  private static String visible(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    StartFailure.tell(cli, namespace, failure);
  }
}
