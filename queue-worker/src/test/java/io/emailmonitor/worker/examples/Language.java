package io.emailmonitor.worker.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emailmonitor.queue.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How the examples of a language are run, and whether this machine can. */
enum Language {
  PYTHON("py", "python3 /usr/bin/python3", "-c", "import redis"),
  SHELL("sh", "sh", "-c", "command -v redis-cli && command -v jq && command -v base64"),
  NODE("js", "node", "-e", "require('redis')");

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  private final String suffix;
  private final String interpreters;
  private final String option;
  private final String needs;

  /**
   * @param interpreters those to try, with spaces between them
   * @param option with which they take a program as an argument
   * @param needs a program that fails where the examples lack something
   */
  Language(String suffix, String interpreters, String option, String needs) {
    this.suffix = suffix;
    this.interpreters = interpreters;
    this.option = option;
    this.needs = needs;
  }

  /** The command that runs an example; skips the test when the machine lacks what it needs. */
  List<String> command(String example, String... arguments) {
    Optional<String> interpreter =
        Arrays.stream(interpreters.split(" ", -1)).filter(this::serves).findFirst();
    assumeTrue(
        interpreter.isPresent(), () -> interpreters + " on this machine cannot do: " + needs);
    List<String> command = new ArrayList<>(List.of(interpreter.orElseThrow()));
    command.add(EXAMPLES.resolve(folder()).resolve(example + "." + suffix).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean serves(String interpreter) {
    try {
      Process process =
          new ProcessBuilder(interpreter, option, needs)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts an example against a queue; its output goes where the caller reads it. */
  static Process start(List<String> command, RedisSettings redis, String queue) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "REDIS_URL",
                "redis://" + redis.host() + ":" + redis.port() + "/0",
                "REDIS_HOST",
                redis.host(),
                "REDIS_PORT",
                String.valueOf(redis.port()),
                "EMAIL_QUEUE_NAME",
                queue));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
