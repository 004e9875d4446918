package io.emailmonitor.monitor;

import io.dropwizard.core.cli.Cli;
import java.io.IOException;
import net.sourceforge.argparse4j.inf.Namespace;

/** Says in words why a command failed; only what nobody foresaw shows a stack trace. */
final class StartFailure {
  private StartFailure() {}

  static void tell(Cli cli, Namespace namespace, Throwable failure) {
    if (isTold(failure)) {
      cli.getStdErr().println(failure.getMessage());
    } else if (failure instanceof IOException) {
      cli.getStdErr()
          .println(
              "Email Monitor cannot start: the settings in %s cannot be read: %s"
                  .formatted(namespace.getString("file"), failure.getMessage()));
    } else {
      failure.printStackTrace(cli.getStdErr());
    }
  }

  /** Whether the message is the whole text to show. */
  private static boolean isTold(Throwable failure) {
    return failure instanceof SettingsException
        || failure instanceof StartException
        || failure instanceof DoctorCommand.DoctorException;
  }
}
