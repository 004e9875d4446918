package io.emailmonitor.monitor.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStorageTest {
  private Path temporary;
  private Path directory;
  private LocalStorage storage;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    temporary = folder;
    directory = temporary.resolve("new/attachments");
    storage = new LocalStorage(directory);
  }

  @Test
  void storesContentByDateOfReceiptAndTaskId() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    EncodedTask task = Tasks.task("a1", "Invoice 7.pdf", content);

    String expected = "2026-02-28/" + task.task().taskId() + "/Invoice 7.pdf";
    assertThat(storage.deliver(List.of(task)))
        .containsExactly(new Receipt.Delivered(Outcome.STORED, expected));
    assertThat(directory.resolve(expected)).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..",
        "/etc/passwd",
        "C:\\Windows\\x.pdf",
        "..\\..\\x.pdf",
        "CON.pdf",
        "a\u0000b\r\n.pdf",
        "\u202efdp.exe",
        ".part",
        "",
        "\ud800.pdf"
      })
  void keepsHostileNamesInsideTheTasksFolder(String name) throws IOException {
    EncodedTask task = Tasks.task("a1", name, new byte[] {1, 2, 3});

    assertThat(storage.deliver(List.of(task)))
        .allMatch(receipt -> receipt instanceof Receipt.Delivered);
    Path folder = directory.resolve("2026-02-28").resolve(task.task().taskId());
    assertThat(allFiles()).singleElement().satisfies(f -> assertThat(f).hasParent(folder));
    assertThat(allFiles().get(0)).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void storesNamesOfThreeHundredCharacters() throws IOException {
    storage.deliver(List.of(Tasks.task("a1", "\u00e4".repeat(300) + ".pdf", new byte[1])));
    assertThat(allFiles()).singleElement().asString().endsWith(".pdf");
  }

  @Test
  void changesNothing_whenTheSameTaskComesAgain() throws IOException {
    EncodedTask task = Tasks.task("a1", "a.pdf", new byte[0]);
    List<Receipt> first = storage.deliver(List.of(task));
    assertThat(storage.deliver(List.of(task))).isEqualTo(first);
    assertThat(allFiles()).hasSize(1);
  }

  @Test
  void replacesWhatACrashLeftBehind() throws IOException {
    EncodedTask task = Tasks.task("a1", "a.pdf", "complete".getBytes(UTF_8));
    Path folder = directory.resolve("2026-02-28").resolve(task.task().taskId());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(".part"), "a longer text that was not finished");

    storage.deliver(List.of(task));
    assertThat(allFiles()).containsExactly(folder.resolve("a.pdf"));
    assertThat(folder.resolve("a.pdf")).hasContent("complete");
  }

  @Test
  void holdsTasks_andSaysWhyWithoutTheirNames_whenTheDirectoryCannotBeWritten() throws IOException {
    Files.createDirectories(directory.getParent());
    Files.writeString(directory, "a file where the directory should be");

    assertThat(storage.deliver(List.of(Tasks.task("a1", "secret.pdf", new byte[1]))))
        .singleElement()
        .isInstanceOfSatisfying(
            Receipt.Held.class,
            held -> {
              assertThat(held.cause()).isEqualTo(Receipt.Cause.STORAGE_DOWN);
              assertThat(held.why()).contains(directory.toString()).doesNotContain("secret");
              assertThat(storage.problem()).contains(held.why());
            });

    Files.delete(directory);
    storage.deliver(List.of(Tasks.task("a1", "secret.pdf", new byte[1])));
    assertThat(storage.problem()).isEmpty();
  }

  private List<Path> allFiles() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
