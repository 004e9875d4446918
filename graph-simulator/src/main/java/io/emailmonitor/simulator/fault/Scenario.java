package io.emailmonitor.simulator.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that says what goes wrong from the start.
 *
 * @param seed what rules with a probability are drawn from
 */
public record Scenario(long seed, List<Fault> faults) {

  public Scenario {
    faults = faults == null ? List.of() : List.copyOf(faults);
  }

  /** Fails with words that name the file and what is wrong with it. */
  public static Scenario read(Path file) throws IOException {
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
