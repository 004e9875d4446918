package io.emailmonitor.monitor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.core.setup.Bootstrap;
import io.emailmonitor.service.settings.SettingsFile;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Reads the settings: a file over the packaged one, which holds every default. All that is wrong
 * becomes one {@link SettingsException}.
 */
final class SettingsFactory implements ConfigurationFactory<MonitorConfiguration> {
  /** Names the packaged file where a path is expected. */
  static final String PACKAGED = "classpath:config.yml";

  /** What was read, and what is wrong with it. */
  record Loaded(MonitorConfiguration configuration, Problems problems) {}

  private final Validator validator;
  private final ObjectMapper mapper;
  private final Map<String, String> environment;

  SettingsFactory(Validator validator, ObjectMapper mapper, Map<String, String> environment) {
    this.validator = validator;
    // Dropwizard's mapper passes over unknown keys, and with them over typing errors.
    this.mapper = mapper.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.environment = environment;
  }

  /** Makes the program read its settings this way. */
  static void installIn(Bootstrap<MonitorConfiguration> bootstrap) {
    ConfigurationSourceProvider files = bootstrap.getConfigurationSourceProvider();
    bootstrap.setConfigurationSourceProvider(
        path -> path.equals(PACKAGED) ? open(path) : files.open(path));
    bootstrap.setConfigurationFactoryFactory(
        (type, validator, mapper, prefix) ->
            new SettingsFactory(validator, mapper, System.getenv()));
  }

  @Override
  public MonitorConfiguration build() throws IOException, ConfigurationException {
    return build(SettingsFactory::open, PACKAGED);
  }

  @Override
  public MonitorConfiguration build(ConfigurationSourceProvider provider, String path)
      throws IOException, ConfigurationException {
    Loaded loaded = load(provider, path);
    loaded.configuration().probe(loaded.problems());
    if (!loaded.problems().none()) {
      throw new SettingsException(path, loaded.problems());
    }
    return loaded.configuration();
  }

  /** Reads and checks the values, without looking at what they point to on this machine. */
  Loaded load(ConfigurationSourceProvider provider, String path) throws IOException {
    SettingsFile defaults = read(SettingsFactory::open, PACKAGED, Map.of());
    SettingsFile packaged = read(SettingsFactory::open, PACKAGED, environment);
    SettingsFile file =
        path.equals(PACKAGED) ? packaged : read(provider, path, environment).over(packaged);
    Problems problems = new Problems(file.variableByKey());
    file.undefined().forEach(key -> problems.missing(key, "set, as the file gives no default"));
    MonitorConfiguration configuration =
        new SettingsMapping(mapper, problems).map(file.tree(), defaults.tree());
    validator
        .validate(configuration)
        .forEach(v -> problems.refuse(v.getPropertyPath().toString(), v.getMessage()));
    configuration.check(problems);
    return new Loaded(configuration, problems);
  }

  static InputStream open(String path) throws IOException {
    InputStream packaged = SettingsFactory.class.getResourceAsStream("/config.yml");
    if (packaged == null) {
      throw new IOException("config.yml is not packaged with the program");
    }
    return packaged;
  }

  private static SettingsFile read(
      ConfigurationSourceProvider provider, String path, Map<String, String> environment)
      throws IOException {
    try (InputStream yaml = provider.open(path)) {
      return SettingsFile.read(yaml, environment);
    }
  }
}
