package io.emailmonitor.monitor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.slf4j.LoggerFactory;

/** A command that reads the settings, prints what it finds out and ends, without a log. */
abstract class PrintingCommand extends Command {
  private static final String FILE = "file";

  private final String defaultFile;
  private final Map<String, String> environment;
  private final PrintStream out;

  PrintingCommand(
      String name,
      String description,
      String defaultFile,
      Map<String, String> environment,
      PrintStream out) {
    super(name, description);
    this.defaultFile = defaultFile;
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument(FILE).nargs("?").setDefault(defaultFile).help("the settings");
  }

  @Override
  public final void run(Bootstrap<?> bootstrap, Namespace namespace)
      throws IOException, SettingsException {
    // What fails is told by what is printed, in fewer words.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    String file = namespace.getString(FILE);
    SettingsFactory.Loaded loaded =
        new SettingsFactory(
                bootstrap.getValidatorFactory().getValidator(),
                bootstrap.getObjectMapper(),
                environment)
            .load(bootstrap.getConfigurationSourceProvider(), file);
    print(file, loaded, namespace, out);
  }

  /**
   * Does the command's work.
   *
   * @param loaded the settings, which may be wrong
   */
  abstract void print(
      String file, SettingsFactory.Loaded loaded, Namespace arguments, PrintStream out)
      throws SettingsException;

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    StartFailure.tell(cli, namespace, failure);
  }
}
