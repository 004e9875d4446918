package io.emailmonitor.monitor.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium with a profile of its own. */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome", "chromium-headless-shell");
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /** Starts it; skips the test where there is none, but in continuous integration fails. */
  public static Chromium start(Path profile) {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      String what = "no Chromium on the PATH: apt-get install chromium";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(what);
      }
      Assumptions.abort(what);
    }
    try {
      return start(program.orElseThrow(), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Chromium start(Path program, Path profile) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en-GB",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    BufferedReader errors = process.errorReader(UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(errors);
        URI address = URI.create(line.substring(LISTENING.length()).strip());
        return new Chromium(process, new DevTools(address));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("Chromium does not start:\n" + said);
  }

  /** Else it would wait one day for somebody to read what it says. */
  private static void drain(BufferedReader errors) {
    Thread reader = new Thread(() -> errors.lines().forEach(line -> {}), "chromium-errors");
    reader.setDaemon(true);
    reader.start();
  }

  /** An empty tab of that size. */
  public Tab open(int width, int height, boolean dark) {
    JsonNode context = tools.call("", "Target.createBrowserContext", Map.of());
    JsonNode target =
        tools.call(
            "",
            "Target.createTarget",
            Map.of(
                "url",
                "about:blank",
                "browserContextId",
                context.at("/browserContextId").asText()));
    JsonNode attached =
        tools.call(
            "",
            "Target.attachToTarget",
            Map.of("targetId", target.at("/targetId").asText(), "flatten", true));
    return new Tab(
        tools,
        attached.at("/sessionId").asText(),
        target.at("/targetId").asText(),
        width,
        height,
        dark);
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
