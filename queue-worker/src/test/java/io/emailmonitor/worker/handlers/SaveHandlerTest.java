package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.TestAttempt;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveHandlerTest {
  private static final String HOSTILE = "../../etc/pass\u202ewd\0.pdf";
  private static final String HOSTILE_SAVED = "etc_passwd_.pdf";

  private final Path output;

  SaveHandlerTest(@TempDir Path output) {
    this.output = output;
  }

  private Outcome save(byte[] json) throws Exception {
    return new SaveHandler(output).handle(TestAttempt.of(json));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(output)) {
      return all.filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static AttachmentTask task(String id, String fileName) {
    return new AttachmentTask(
        id,
        "message",
        "Rechnung \"März\" \u202e",
        "Ada",
        "ada@example.com",
        Instant.parse("2026-02-28T23:59:59Z"),
        "attachment",
        fileName,
        "application/pdf",
        0,
        Instant.parse("2026-03-01T10:00:00Z"),
        "Body\n",
        AttachmentTask.Extras.of("invoices@example.com", "application/pdf"));
  }

  private static String json(byte[] item) {
    return new String(item, UTF_8);
  }

  @Test
  void writesContentAndFacts_underTheDateAndTheTask() throws Exception {
    byte[] content = new byte[300_000];
    content[299_999] = 1;

    Outcome outcome =
        new SaveHandler(output).handle(TestAttempt.of(task("t_1", "invoice.pdf"), content));

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(files())
        .containsExactly("2026-02-28/t_1/invoice.pdf", "2026-02-28/t_1/invoice.pdf.json");
    assertThat(output.resolve("2026-02-28/t_1/invoice.pdf")).hasBinaryContent(content);
  }

  @Test
  void saysInTheSidecar_whatTheTaskSaysOnTheQueue() throws Exception {
    EncodedTask encoded = Tasks.task("a");
    Map<String, Object> expected = TaskCodec.facts(encoded.json());
    expected.put("email_content", encoded.task().emailContent());

    save(encoded.json());

    Map<String, Object> sidecar =
        new ObjectMapper()
            .readValue(
                output.resolve("2026-03-01/a/a.pdf.json").toFile(), new TypeReference<>() {});
    assertThat(sidecar).containsExactlyEntriesOf(expected);
  }

  @Test
  void savesATask_whoseTextHoldsHalfACharacter() throws Exception {
    String item = json(Tasks.task("a").json());
    String odd = item.replaceFirst("\"email_subject\":\"", "$0\\\\udce9");

    assertThat(odd).isNotEqualTo(item);
    assertThat(save(odd.getBytes(UTF_8))).isEqualTo(Outcome.done());
    assertThat(output.resolve("2026-03-01/a/a.pdf.json")).content().contains("\"?");
  }

  @Test
  void makesSafeNames_ofWhatTheMailSays() throws Exception {
    new SaveHandler(output).handle(TestAttempt.of(task("t", HOSTILE), new byte[1]));

    assertThat(files())
        .containsExactly(
            "2026-02-28/t/" + HOSTILE_SAVED, "2026-02-28/t/" + HOSTILE_SAVED + ".json");
  }

  @Test
  void keepsForeignTaskIdsApart_andInsideTheFolder() throws Exception {
    for (String id : List.of("../../up", "..\\..\\up", "up", "x".repeat(300))) {
      new SaveHandler(output).handle(TestAttempt.of(task(id, "a"), id.getBytes(UTF_8)));
    }

    assertThat(files()).hasSize(8).allMatch(name -> name.matches("2026-02-28/[\\w-]+/a(\\.json)?"));
  }

  @Test
  void changesNothing_whenTheSameTaskComesAgain() throws Exception {
    byte[] json = Tasks.task("a").json();
    save(json);
    List<String> first = files();

    assertThat(save(json)).isEqualTo(Outcome.done());

    assertThat(files()).isEqualTo(first);
    assertThat(output.resolve("2026-03-01/a/a.pdf")).hasContent("content of a");
  }

  @Test
  void buries_whenTheContentIsNotWhatTheProducerHashed() throws Exception {
    String json = json(Tasks.task("a").json());
    String changed = json.replaceFirst("(\"attachment_content_b64\":\")....", "$1AAAA");

    Outcome outcome = save(changed.getBytes(UTF_8));

    assertThat(outcome).isInstanceOf(Outcome.Bury.class);
    assertThat(outcome.toString()).contains("does not match attachment_sha256");
    assertThat(files()).isEmpty();
  }

  @Test
  void trustsTheContent_whenAForeignProducerSentNoHash() throws Exception {
    String json = json(Tasks.task("a").json());
    String foreign =
        json.replaceAll(",\"attachment_sha256\":\"\\w+\"", "")
            .replaceAll("\"attachment_size\": *\\d+", "\"attachment_size\":99");

    assertThat(save(foreign.getBytes(UTF_8))).isEqualTo(Outcome.done());

    assertThat(output.resolve("2026-03-01/a/a.pdf.json"))
        .content()
        .contains("\"attachment_size\" : 12")
        .containsPattern("\"attachment_sha256\" : \"[0-9a-f]{64}\"");
  }

  @Test
  void leavesNothing_whenTheContentIsUnreadable() throws Exception {
    String json = json(Tasks.task("a").json());
    byte[] broken = json.replaceFirst("(_b64\":\")....", "$1!!!!").getBytes(UTF_8);

    assertThatThrownBy(() -> save(broken)).isInstanceOf(MalformedTaskException.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void removesWhatAKilledAttemptLeft() throws Exception {
    Path folder = Files.createDirectories(output.resolve("2026-03-01/a"));
    Files.writeString(folder.resolve(".0d9f.part"), "half");

    save(Tasks.task("a").json());

    assertThat(files()).containsExactly("2026-03-01/a/a.pdf", "2026-03-01/a/a.pdf.json");
  }

  @Test
  void doesNotQuoteTheMail_whenWritingFails() throws Exception {
    Files.createDirectories(output.resolve("2026-03-01/a/a.pdf"));

    assertThatThrownBy(() -> save(Tasks.task("a").json()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("can't write below " + output + ": ")
        .hasMessageNotContaining("a.pdf");
  }

  @Test
  void refusesAFolder_thatCannotBeOne() throws Exception {
    Path file = Files.createFile(output.resolve("file"));

    assertThatThrownBy(
            () ->
                new SaveHandlerFactory()
                    .create(new HandlerSettings(Map.of("outputDir", file.toString()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OUTPUT_DIR")
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> new SaveHandlerFactory().create(new HandlerSettings(Map.of())))
        .hasMessageContaining("OUTPUT_DIR")
        .hasMessageContaining("not set");
  }
}
