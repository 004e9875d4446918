package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.SafeFileName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** The folder of one task's files: the same for the same task, whoever handles it and when. */
final class TaskFolder {
  private final Path path;

  private TaskFolder(Path path) {
    this.path = path;
  }

  static TaskFolder create(Path output, AttachmentTask task) throws IOException {
    Path date =
        output.resolve(LocalDate.ofInstant(task.emailReceivedDate(), ZoneOffset.UTC).toString());
    Path folder = date.resolve(safe(task.taskId()));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      DurableFile.syncFolder(date);
      DurableFile.syncFolder(output);
    }
    return new TaskFolder(folder);
  }

  /** A foreign producer's id may be anything, and two of them must not share a folder. */
  private static String safe(String taskId) {
    String name = SafeFileName.writable(taskId);
    return name.equals(taskId) ? name : name + "-" + UUID.nameUUIDFromBytes(taskId.getBytes(UTF_8));
  }

  DurableFile newFile(String name) throws IOException {
    return new DurableFile(path.resolve(name));
  }

  /**
   * Removes what killed attempts left. A late one that still writes here fails then, which is
   * right: the task is done.
   */
  void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(path, ".*" + DurableFile.UNFINISHED)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }
}
