package io.emailmonitor.monitor;

import io.dropwizard.configuration.ConfigurationException;
import java.util.List;

/** The settings do not allow a start; the message is the whole text to show. */
final class SettingsException extends ConfigurationException {
  private static final long serialVersionUID = 1;

  private final String text;

  SettingsException(String path, Problems problems) {
    super(path, List.of());
    this.text = problems.describe();
  }

  @Override
  public String getMessage() {
    return text;
  }
}
