package io.emailmonitor.monitor;

import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;

/** The monitor's process: puts its parts together and runs them. */
public final class MonitorApplication extends Application<MonitorConfiguration> {
  private static final String BESIDE = "config.yml";

  /** Without arguments, serves with the file beside it or else with the packaged one. */
  public static void main(String[] arguments) throws Exception {
    String file = Files.exists(Path.of(BESIDE)) ? BESIDE : SettingsFactory.PACKAGED;
    new MonitorApplication().run(arguments.length == 0 ? new String[] {"server", file} : arguments);
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
  }

  @Override
  public void run(MonitorConfiguration settings, Environment environment) {}
}
