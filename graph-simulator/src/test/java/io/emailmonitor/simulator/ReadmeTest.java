package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emailmonitor.simulator.fault.FaultJson;
import io.emailmonitor.simulator.fault.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
          blocks("sh").replace("127.0.0.1:9000", "127.0.0.1:" + simulator.baseUri().getPort());
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
  void showsAScenarioThatCanBeUsed() throws IOException {
    byte[] json = blocks("json").getBytes(StandardCharsets.UTF_8);
    assertThat(FaultJson.read(json, Scenario.class).faults()).hasSize(3);
  }

  private static String blocks(String language) throws IOException {
    StringBuilder found = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (block.find()) {
      if (block.group(1).equals(language)) {
        found.append(block.group(2));
      }
    }
    return found.toString();
  }
}
