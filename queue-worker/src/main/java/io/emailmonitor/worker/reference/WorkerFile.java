package io.emailmonitor.worker.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.emailmonitor.service.settings.SettingsFile;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The worker's settings: a file over the packaged worker.yml, which holds every default. What
 * Dropwizard itself would read is checked here, where its variables' names are known.
 */
final class WorkerFile implements ConfigurationSourceProvider {
  /** Names the packaged file where a path is expected. */
  static final String PACKAGED = "classpath:worker.yml";

  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

  private final ConfigurationSourceProvider files;
  private final Map<String, String> environment;
  private final Problems problems;

  WorkerFile(
      ConfigurationSourceProvider files, Map<String, String> environment, Problems problems) {
    this.files = files;
    this.environment = environment;
    this.problems = problems;
  }

  @Override
  public InputStream open(String path) throws IOException {
    SettingsFile packaged = read(WorkerFile::packaged, PACKAGED);
    SettingsFile file = path.equals(PACKAGED) ? packaged : read(files, path).over(packaged);
    file.undefined()
        .forEach(key -> problems.add(name(file, key) + " is not set; the file has no default"));
    check(file, "server.adminConnectors[0].port", this::port);
    check(file, "logging.level", this::level);
    return new ByteArrayInputStream(new YAMLMapper().writeValueAsBytes(file.tree()));
  }

  private SettingsFile read(ConfigurationSourceProvider provider, String path) throws IOException {
    try (InputStream yaml = provider.open(path)) {
      return SettingsFile.read(yaml, environment);
    }
  }

  private static InputStream packaged(String path) throws IOException {
    InputStream packaged = WorkerFile.class.getResourceAsStream("/worker.yml");
    if (packaged == null) {
      throw new FileNotFoundException("worker.yml is not packaged with the program");
    }
    return packaged;
  }

  /** What operators know the setting by. */
  private static String name(SettingsFile file, String key) {
    String variable = file.variableByKey().get(key);
    return variable == null ? key : key + " (" + variable + ")";
  }

  private static void check(
      SettingsFile file, String key, BiFunction<String, String, String> checked) {
    String pointer = "/" + key.replace('.', '/').replace('[', '/').replace("]", "");
    int last = pointer.lastIndexOf('/');
    JsonNode value = file.tree().at(pointer);
    if (value.isTextual() && file.tree().at(pointer.substring(0, last)) instanceof ObjectNode at) {
      at.set(
          pointer.substring(last + 1),
          TextNode.valueOf(checked.apply(name(file, key), value.asText())));
    }
  }

  private String port(String name, String value) {
    return String.valueOf(new Setting(problems, name, value).number(0, 0, 65535));
  }

  private String level(String name, String value) {
    if (LEVELS.contains(value.strip().toUpperCase(Locale.ROOT))) {
      return value;
    }
    problems.add(
        name + " is '" + value + "'; it must be OFF, ERROR, WARN, INFO, DEBUG, TRACE or ALL");
    return "INFO";
  }
}
