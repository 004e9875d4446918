package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.TestAttempt;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the programs of a POSIX shell. */
@Timeout(60)
class ExecHandlerTest {
  private final Path folder;

  ExecHandlerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static TaskHandler handler(Map<String, ?> settings) {
    return new ExecHandlerFactory().create(new HandlerSettings(settings));
  }

  /** A handler that runs a script, whose $1 is the test's folder. */
  private TaskHandler script(String script, Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("command", List.of("sh", "-c", script, "sh", folder.toString()));
    return handler(settings);
  }

  private Outcome run(String script) throws Exception {
    return script(script, Map.of()).handle(TestAttempt.of(Tasks.task("a").json()));
  }

  private String written(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void givesTheContent_onStandardInput() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);

    Outcome outcome =
        script("cat > \"$1/got\"", Map.of())
            .handle(TestAttempt.of(Tasks.task("a", content).json()));

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(folder.resolve("got")).hasBinaryContent(content);
  }

  @Test
  void givesTheContent_asAFile() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("input", "file");
    settings.put(
        "command",
        List.of(
            "sh",
            "-c",
            "cat \"$2\" > \"$1/got\"; echo \"$2=$EMAIL_MONITOR_CONTENT_FILE\" > \"$1/path\"; cat",
            "sh",
            folder.toString(),
            "{file}"));

    Outcome outcome = handler(settings).handle(TestAttempt.of(Tasks.task("a").json()));

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(written("got")).isEqualTo("content of a");
    assertThat(written("path").strip()).matches("(.+/a.pdf)=\\1");
  }

  @Test
  void givesTheFacts_asVariablesOfOneLine_andNotOurSecrets() throws Exception {
    AttachmentTask task =
        new AttachmentTask(
            "t_1",
            "message",
            "$(touch x) `id`\n\0; rm -rf /",
            "Ada",
            "ada@example.com",
            Instant.parse("2026-02-28T23:59:59Z"),
            "attachment",
            "../../x.pdf",
            "application/pdf",
            0,
            Instant.parse("2026-03-01T10:00:00Z"),
            "Body\n",
            AttachmentTask.Extras.of("invoices@example.com", "application/pdf"));
    Map<String, String> environment = new HashMap<>();
    environment.put("REDIS_PASSWORD", "secret");
    environment.put("WEBHOOK_SECRET", "secret");
    environment.put("PATH", "/bin");

    TaskEnvironment.write(TestAttempt.of(task, new byte[5]), "", environment);

    assertThat(environment)
        .containsEntry("PATH", "/bin")
        .doesNotContainValue("secret")
        .containsEntry("EMAIL_MONITOR_TASK_ID", "t_1")
        .containsEntry("EMAIL_MONITOR_ATTEMPT", "1")
        .containsEntry("EMAIL_MONITOR_EMAIL_SUBJECT", "$(touch x) `id` ; rm -rf /")
        .containsEntry("EMAIL_MONITOR_EMAIL_RECEIVED_DATE", "2026-02-28T23:59:59Z")
        .containsEntry("EMAIL_MONITOR_ATTACHMENT_SIZE", "5")
        .containsEntry("EMAIL_MONITOR_MAILBOX", "invoices@example.com");
    assertThat(environment.get("EMAIL_MONITOR_ATTACHMENT_FILENAME")).doesNotContain("/");
  }

  @Test
  void handsTheFactsOver() throws Exception {
    assertThat(run("cat >/dev/null; echo \"$EMAIL_MONITOR_TASK_ID\" > \"$1/id\""))
        .isEqualTo(Outcome.done());
    assertThat(written("id")).isEqualTo("a\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', '', done", "65, '', '', bury", "75, '', '', retry", "1, '', '', retry",
    "3, '3 4', '', bury", "65, '3 4', '', retry", "7, '', '7', retry", "8, '', '7', bury"
  })
  void decidesByTheExitCode(int code, String bury, String retry, String expected) throws Exception {
    Outcome outcome =
        script("exit " + code, Map.of("buryExitCodes", bury, "retryExitCodes", retry))
            .handle(TestAttempt.of(Tasks.task("a").json()));

    assertThat(outcome)
        .isEqualTo(
            switch (expected) {
              case "done" -> Outcome.done();
              case "bury" -> Outcome.bury("exit code " + code);
              default -> Outcome.retry("exit code " + code);
            });
  }

  @Test
  void givesTheLastLineOfStandardError_asReason() throws Exception {
    assertThat(run("echo first >&2; echo not this; echo 'no disk' >&2; echo >&2; exit 2"))
        .isEqualTo(Outcome.retry("exit code 2: no disk"));
  }

  @Test
  void drainsWhateverItSays_andShortensIt() throws Exception {
    Outcome outcome =
        run("head -c 5000000 /dev/zero; head -c 5000000 /dev/zero | tr '\\0' x >&2; exit 2");

    assertThat(outcome).isEqualTo(Outcome.retry("exit code 2: " + "x".repeat(200) + "..."));
  }

  @Test
  void isDone_whenTheProgramDoesNotReadItAll() throws Exception {
    assertThat(
            script("exit 0", Map.of())
                .handle(TestAttempt.of(Tasks.task("a", new byte[3_000_000]).json())))
        .isEqualTo(Outcome.done());
  }

  @Test
  void killsTheProgram_whenTheContentCannotBeRead() {
    String json = new String(Tasks.task("a", new byte[300_000]).json(), UTF_8);
    Attempt damaged = TestAttempt.of(json.replaceAll("AAAA\"\\}$", "!!!!\"}").getBytes(UTF_8));

    assertThatThrownBy(
            () -> script("cat >/dev/null; touch \"$1/complete\"", Map.of()).handle(damaged))
        .isInstanceOf(MalformedTaskException.class);
    assertThat(folder.resolve("complete")).doesNotExist();
  }

  @Test
  void killsTheProgramAndItsChildren_whenInterrupted() throws Exception {
    TaskHandler handler =
        script("sh -c 'echo $$ > \"$1/child\"; sleep 600; exit 0' sh \"$1\"; exit 0", Map.of());
    byte[] large = Tasks.task("a", new byte[3_000_000]).json();
    Thread caller =
        new Thread(
            () -> {
              try {
                handler.handle(TestAttempt.of(large));
              } catch (Exception e) {
                write("thrown", e.getClass().getSimpleName());
              }
            });
    caller.start();
    Polling.until("the child runs", () -> readable("child"));
    long child = Long.parseLong(written("child").strip());

    caller.interrupt();
    caller.join();

    assertThat(written("thrown")).isEqualTo("InterruptedException");
    Polling.until(
        "the child is gone",
        () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  private boolean readable(String name) {
    try {
      return Files.exists(folder.resolve(name)) && written(name).endsWith("\n");
    } catch (IOException e) {
      return false;
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void takesWords_forACommand() throws Exception {
    assertThat(
            handler(Map.of("command", " sh -c  exit "))
                .handle(TestAttempt.of(Tasks.task("a").json())))
        .isEqualTo(Outcome.done());
  }

  @Test
  void says_whichSettingIsWrong() {
    assertThatThrownBy(() -> handler(Map.of("command", " "))).hasMessageContaining("EXEC_COMMAND");
    assertThatThrownBy(() -> handler(Map.of("command", "x", "input", "pipe")))
        .hasMessageContaining("'pipe'; it must be stdin or file");
    assertThatThrownBy(() -> handler(Map.of("command", "x {file}")))
        .hasMessageContaining("handler.input");
    assertThatThrownBy(() -> handler(Map.of("command", "x", "buryExitCodes", "65 256")))
        .hasMessageContaining("'256'");
    assertThatThrownBy(
            () -> handler(Map.of("command", "x", "buryExitCodes", "3", "retryExitCodes", "3")))
        .hasMessageContaining("exit code 3");
  }
}
