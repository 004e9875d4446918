package io.emailmonitor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its users start it, from the top of the project. */
class DemoProcessIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void accountsForOwnMail_andEndsByItself(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("mails/me@home.example/inbox");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("one.eml"), mail("../../etc/invoice.pdf"));
    Files.writeString(folder.resolve("two.eml"), mail("movie.mkv"));

    Process demo = start(temporary, "--once", "--mails", temporary.resolve("mails").toString());
    String printed = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(demo.waitFor()).as(printed).isZero();
    assertThat(printed)
        .containsPattern("me@home.example +2 +2 +1 +1 \\(1 type-not-wanted\\) +0 +0")
        .contains("Every attachment is accounted for");
  }

  @Test
  void leavesNoProcessBehind_whenKilled(@TempDir Path temporary) throws Exception {
    Process demo = start(temporary);
    List<ProcessHandle> children = new ArrayList<>();
    await(
        "redis, monitor, two workers and the watchdog",
        () -> {
          children.clear();
          demo.toHandle().descendants().forEach(children::add);
          return children.size() >= 5;
        });

    demo.destroyForcibly();

    await("all gone", () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private Process start(Path temporary, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ChildProcesses.java(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                "demo/target/demo.jar"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
    builder.environment().put("REDIS_URL", "");
    // For all that it starts, too: they do not run for long.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    if (options.length == 0) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static void await(String what, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for: " + what).isBefore(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String mail(String filename) {
    return """
        From: Sabine <sabine@supplier.example>
        To: me@home.example
        Subject: Invoice
        Date: Mon, 20 Jan 2025 10:30:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        Here it is.
        --b
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="%s"
        Content-Transfer-Encoding: base64

        JVBERi0xLjQK
        --b--
        """
        .formatted(filename)
        .replace("\n", "\r\n");
  }
}
