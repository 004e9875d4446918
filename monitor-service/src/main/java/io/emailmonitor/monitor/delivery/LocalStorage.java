package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.monitor.ledger.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
        Path temporary = folder.resolve(TEMPORARY);
        write(encoded, temporary);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncEntries(List.of(folder, day, directory));
      }
    } catch (IOException e) {
      return new Receipt.Held(
          Receipt.Cause.STORAGE_DOWN,
          "the attachments directory " + directory + " cannot be written: " + reason(e));
    }
    String relative = directory.relativize(file).toString().replace('\\', '/');
    return new Receipt.Delivered(Outcome.STORED, relative);
  }

  private static LocalDate receiptDate(AttachmentTask task) {
    return LocalDate.ofInstant(task.emailReceivedDate(), ZoneOffset.UTC);
  }

  private static void write(EncodedTask task, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      TaskCodec.decode(task.json()).transferContentTo(out);
      channel.force(true);
    }
  }

  /** Makes new names durable. Windows does not open directories, and does not need it. */
  private static void syncEntries(List<Path> changed) throws IOException {
    for (Path folder : changed) {
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  /** Without the file's name, which came with the mail. */
  private static String reason(IOException e) {
    boolean named = e instanceof FileSystemException;
    String reason = named ? ((FileSystemException) e).getReason() : e.getMessage();
    return e.getClass().getSimpleName() + (reason == null ? "" : " (" + reason + ")");
  }
}
