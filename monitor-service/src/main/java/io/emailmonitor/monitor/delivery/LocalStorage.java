package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.monitor.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Keeps attachments as files: {@code <directory>/<date of receipt>/<task id>/<safe name>}. A file
 * under its final name is complete and on disk; what a crash leaves behind is a temporary file that
 * the next attempt replaces.
 */
public final class LocalStorage implements Delivery {
  private static final String TEMPORARY = ".part";

  private final Path directory;

  /** The directory is made when the first attachment comes. */
  public LocalStorage(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<Receipt> deliver(List<EncodedTask> tasks) {
    return tasks.stream().map(this::store).toList();
  }

  private Receipt store(EncodedTask encoded) {
    AttachmentTask task = encoded.task();
    Path day = directory.resolve(receiptDate(task).toString());
    Path folder = day.resolve(task.taskId());
    Path file = folder.resolve(SafeFileName.writable(task.attachmentFilename()));
    try {
      if (!Files.exists(file) || Files.size(file) != task.attachmentSize()) {
        Files.createDirectories(folder);
        DurableFiles.write(
            TaskCodec.decode(encoded.json())::transferContentTo, folder.resolve(TEMPORARY), file);
        DurableFiles.sync(List.of(folder, day, directory));
      }
    } catch (IOException e) {
      return new Receipt.Held(
          Receipt.Cause.STORAGE_DOWN,
          "the attachments directory "
              + directory
              + " cannot be written: "
              + DurableFiles.reason(e));
    }
    String relative = directory.relativize(file).toString().replace('\\', '/');
    return new Receipt.Delivered(Outcome.STORED, relative);
  }

  private static LocalDate receiptDate(AttachmentTask task) {
    return LocalDate.ofInstant(task.emailReceivedDate(), ZoneOffset.UTC);
  }
}
