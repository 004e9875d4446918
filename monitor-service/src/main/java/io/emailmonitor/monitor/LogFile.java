package io.emailmonitor.monitor;

import ch.qos.logback.classic.Level;
import io.dropwizard.logging.common.AppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.logging.common.FileAppenderFactory;
import io.dropwizard.logging.common.LoggingFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What Dropwizard's logging leaves to us: the file can be switched off, and what it would pass over
 * in silence (a level that does not exist, a file that cannot be written) is an error.
 */
final class LogFile {
  private static final String OFF = "none";

  private LogFile() {}

  static void switchOffIfUnwanted(LoggingFactory factory) {
    if (factory instanceof DefaultLoggingFactory logging) {
      logging.setAppenders(
          logging.getAppenders().stream()
              .filter(
                  a ->
                      !(a instanceof FileAppenderFactory<?> f)
                          || !OFF.equals(f.getCurrentLogFilename()))
              .toList());
    }
  }

  static void checkLevels(LoggingFactory factory, Problems problems) {
    if (factory instanceof DefaultLoggingFactory logging) {
      checkLevel("logging.level", logging.getLevel(), problems);
      logging
          .getLoggers()
          .forEach(
              (logger, level) -> {
                if (level.isTextual()) {
                  checkLevel("logging.loggers." + logger, level.textValue(), problems);
                }
              });
    }
  }

  private static void checkLevel(String key, String level, Problems problems) {
    if (Level.toLevel(level, null) == null) {
      problems.add(key, "is \"" + level + "\"", "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
    }
  }

  static void probe(LoggingFactory factory, Problems problems) {
    if (factory instanceof DefaultLoggingFactory logging) {
      List<? extends AppenderFactory<?>> appenders = logging.getAppenders();
      for (int i = 0; i < appenders.size(); i++) {
        if (appenders.get(i) instanceof FileAppenderFactory<?> file
            && file.getCurrentLogFilename() != null) {
          probe(
              "logging.appenders[" + i + "].currentLogFilename",
              file.getCurrentLogFilename(),
              problems);
        }
      }
    }
  }

  private static void probe(String key, String name, Problems problems) {
    try {
      TrialWrite.to(Path.of(name));
    } catch (IOException e) {
      problems.add(
          key,
          "is \"" + name + "\", which cannot be written to",
          "a file that this user can write, or none");
    }
  }
}
