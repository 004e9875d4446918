package io.emailmonitor.service.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What Prometheus's own tool says of what we show it, and whether the files in {@code ops} ask for
 * metrics that there are. The tool is {@code promtool} on the path, in Debian of the package
 * prometheus; without it, what needs it is skipped, but never with {@code CI=true}.
 */
public final class Promtool {
  private static final Path OPS = Path.of("..", "ops");

  private Promtool() {}

  /** Fails unless the tool has nothing against this exposition. */
  public static void check(String exposition) {
    assertThat(run(exposition, "check", "metrics")).isEmpty();
  }

  /** Fails unless the alert rules are right and go off when they should. */
  public static void testRules() {
    Path rules = OPS.resolve("prometheus");
    assertThat(run("", "check", "config", rules.resolve("prometheus.yml").toString()))
        .contains("SUCCESS");
    assertThat(run("", "test", "rules", rules.resolve("alerts_test.yml").toString()))
        .contains("SUCCESS");
  }

  private static String run(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (IOException e) {
      String missing = "promtool cannot be run (Debian: apt-get install prometheus): " + e;
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
      throw new AssertionError(e);
    }
  }

  /** The metrics with this prefix that alerts and dashboards ask for and this does not show. */
  public static Set<String> askedForButNotShown(String prefix, String exposition) {
    Set<String> shown = names(prefix, exposition.replaceAll("(?m)^#.*$", ""));
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(OPS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        asked.addAll(names(prefix, Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(asked).as("in %s", OPS).isNotEmpty();
    asked.removeAll(shown);
    return asked;
  }

  private static Set<String> names(String prefix, String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("\\b" + prefix + "_[a-z_]+").matcher(text);
    while (name.find()) {
      names.add(name.group());
    }
    return names;
  }
}
