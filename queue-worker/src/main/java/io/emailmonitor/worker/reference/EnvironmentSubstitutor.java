package io.emailmonitor.worker.reference;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills environment variables into worker.yml, between double quotes. A password may hold any
 * character without breaking the file, a variable that is set to nothing counts as not set, and
 * those that Dropwizard itself would read are checked here, where their names are known.
 */
final class EnvironmentSubstitutor extends EnvironmentVariableSubstitutor {
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

  private final Problems problems;

  EnvironmentSubstitutor(Map<String, String> environment, Problems problems) {
    super(true);
    this.problems = problems;
    setVariableResolver(name -> lookUp(name, environment.get(name)));
    setDisableSubstitutionInValues(true);
  }

  private @Nullable String lookUp(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    if (name.equals("WORKER_ADMIN_PORT")) {
      return String.valueOf(
          new Setting(problems, "the admin port", name, value).number(0, 0, 65535));
    }
    if (name.equals("LOG_LEVEL") && !LEVELS.contains(value.strip().toUpperCase(Locale.ROOT))) {
      problems.add(
          "the log level (LOG_LEVEL) is '"
              + value
              + "'; it must be OFF, ERROR, WARN, INFO, DEBUG, TRACE or ALL");
      return null;
    }
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
