package io.emailmonitor.monitor;

import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Explanation;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.PrintStream;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * Shows what the rules say of the latest messages of a mailbox. Fetches no content, hands nothing
 * on and records nothing, so that it can run beside a monitor, with other settings.
 */
final class ExplainCommand extends PrintingCommand {
  private static final int MOST = 1000;

  ExplainCommand(String defaultFile, Map<String, String> environment, PrintStream out) {
    super(
        "explain",
        "Shows what the rules say of the latest messages of a mailbox",
        defaultFile,
        environment,
        out);
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
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
  void print(String file, SettingsFactory.Loaded loaded, Namespace arguments, PrintStream out)
      throws SettingsException {
    if (!loaded.problems().none()) {
      throw new SettingsException(file, loaded.problems());
    }
    MonitorConfiguration settings = loaded.configuration();
    GraphMailSource source = new GraphMailSource(settings.graph().settings());
    try {
      explain(new AttachmentFilter(settings.filter()), source, arguments, out);
    } catch (MailSourceException e) {
      throw new StartException(e);
    }
  }

  private static void explain(
      AttachmentFilter filter, MailSource source, Namespace arguments, PrintStream out) {
    Mailbox mailbox = new Mailbox(arguments.getString("mailbox"));
    tell(out, "", mailbox.address(), filter.mailboxes().explain(mailbox));
    MailFolder folder = source.folder(mailbox, arguments.getString("folder"));
    for (Mail mail : source.latest(mailbox, folder, arguments.getInt("last"))) {
      String words = String.join("  ", mail.senderAddress(), mail.subject());
      out.printf("%s  %s%n", mail.receivedAt(), visible(words));
      for (Attachment attachment : source.attachments(mailbox, mail)) {
        String what = "%s (%d bytes)".formatted(attachment.name(), attachment.size());
        tell(out, "  ", what, filter.explain(mail, attachment));
      }
    }
  }

  private static void tell(PrintStream out, String indent, String what, Explanation explanation) {
    boolean rejected = explanation.verdict() instanceof Verdict.Reject;
    String fate = rejected ? "skip  " : explanation.opened() ? "open  " : "take  ";
    out.println(indent + fate + visible(what));
    explanation.opinions().stream()
        .map(opinion -> opinion.verdict() instanceof Verdict.Reject r ? r.detail() : "")
        .filter(detail -> !detail.isEmpty())
        .forEach(detail -> out.println(indent + "      " + visible(detail)));
  }

  /** What a mail brings must not steer the terminal. */
  private static String visible(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
