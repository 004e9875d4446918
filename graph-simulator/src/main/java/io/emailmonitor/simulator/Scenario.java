package io.emailmonitor.simulator;

import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.FaultJson;
import io.emailmonitor.simulator.login.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that says who may log in and what goes wrong.
 *
 * @param seed what rules with a probability are drawn from; null for the builder's
 * @param apps relative certificate files are looked for where the simulator runs
 * @param tokenLifetime of the access tokens that are given out; null for the usual one
 */
record Scenario(
    @Nullable Long seed, List<Fault> faults, List<App> apps, @Nullable Duration tokenLifetime) {

  Scenario {
    faults = faults == null ? List.of() : List.copyOf(faults);
    apps = apps == null ? List.of() : List.copyOf(apps);
  }

  /** Fails with words that name the file and what is wrong with it. */
  static Scenario read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("the scenario '" + file + "' is not there");
    }
    try {
      return FaultJson.read(Files.readAllBytes(file), Scenario.class);
    } catch (IllegalArgumentException e) {
      throw new IOException("the scenario '" + file + "' cannot be used: " + e.getMessage(), e);
    }
  }
}
