package io.emailmonitor.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Map;

/** Settings read as the program reads them, with what that needs made once. */
final class TestSettings {
  private static final Validator VALIDATOR = Validators.newValidator();
  private static final ObjectMapper MAPPER = Jackson.newObjectMapper();

  private TestSettings() {}

  static SettingsFactory factory(Map<String, String> environment) {
    return new SettingsFactory(VALIDATOR, MAPPER, environment);
  }

  /** The packaged settings with these variables, which have to be right. */
  static MonitorConfiguration of(Map<String, String> environment) {
    try {
      return factory(environment).build();
    } catch (IOException | ConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
