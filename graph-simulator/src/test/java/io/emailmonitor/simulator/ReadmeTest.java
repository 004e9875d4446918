package io.emailmonitor.simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emailmonitor.simulator.fault.FaultJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @Test
  void showsCommandsThatWork(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Files.write(folder.resolve("mail.eml"), Mails.plain("by curl"));
    Files.writeString(folder.resolve("late.pdf"), "%PDF-1.7");
    try (GraphSimulator simulator = GraphSimulator.builder().samples().build().start()) {
      String script =
          blocks("sh")
              .collect(joining())
              .replace("127.0.0.1:9000", "127.0.0.1:" + simulator.baseUri().getPort());
      Path output = folder.resolve("output");
      Process shell =
          new ProcessBuilder("sh", "-ec", script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("\"befallen\":0", "\"mailboxes\":[");
        assertThat(simulator.faults().active()).isEmpty();
      } finally {
        shell.destroyForcibly();
      }
    }
  }

  @Test
  void showsScenariosThatCanBeUsed() throws IOException {
    List<Scenario> scenarios =
        blocks("json")
            .map(json -> FaultJson.read(json.getBytes(StandardCharsets.UTF_8), Scenario.class))
            .toList();
    assertThat(scenarios).hasSize(2);
    assertThat(scenarios.get(0).faults()).hasSize(3);
    assertThat(scenarios.get(1).apps()).hasSize(2);
  }

  private static Stream<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2));
  }
}
