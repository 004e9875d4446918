package io.emailmonitor.worker.reference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.net.BindException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The command {@code server}, which says what an operator can mend without a stack trace. */
final class PlainSpokenServer extends ServerCommand<WorkerConfiguration> {
  PlainSpokenServer(Application<WorkerConfiguration> application) {
    super(application);
  }

  @Override
  protected void run(
      Environment environment, Namespace namespace, WorkerConfiguration configuration)
      throws Exception {
    // It would log a stack trace for what onError says in a sentence.
    ((Logger) LoggerFactory.getLogger(ServerCommand.class)).setLevel(Level.OFF);
    super.run(environment, namespace, configuration);
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    String sentence = sentence(failure);
    if (sentence == null) {
      super.onError(cli, namespace, failure);
    } else {
      cli.getStdErr().println(sentence);
    }
  }

  private static @Nullable String sentence(Throwable failure) {
    if (failure instanceof InvalidSettingsException || failure instanceof ConfigurationException) {
      return String.valueOf(failure.getMessage());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getCause() instanceof BindException) {
        return "can't listen on the admin port (WORKER_ADMIN_PORT): "
            + cause.getMessage()
            + "; choose another port, or 0 for any free one";
      }
    }
    if (failure instanceof IOException) {
      return "can't read the configuration: " + failure.getMessage();
    }
    return null;
  }
}
