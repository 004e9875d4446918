package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.monitor.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attachments as files: {@code <directory>/<date of receipt>/<task id>/<safe name>}. A file
 * under its final name is complete and on disk; what a crash leaves behind is a temporary file that
 * the next attempt replaces.
 */
public final class LocalStorage implements Delivery {
  private static final String TEMPORARY = ".part";

  private final Path directory;

  /** Held shared while a file is written or found, and alone while some are removed. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private volatile @Nullable String problem;

  /** The directory is made when the first attachment comes. */
  public LocalStorage(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<Receipt> deliver(List<EncodedTask> tasks) {
    return tasks.stream().map(this::storeShared).toList();
  }

  private Receipt storeShared(EncodedTask task) {
    use.readLock().lock();
    try {
      return store(task);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Runs something while nothing is stored here, by this process. */
  <T> T alone(Supplier<T> removal) {
    use.writeLock().lock();
    try {
      return removal.get();
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Why the last attachment could not be stored; empty if it could. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  Path directory() {
    return directory;
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
      } else {
        // It is in use from now on, however old it is.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
      problem = null;
    } catch (IOException e) {
      String why =
          "the attachments directory "
              + directory
              + " cannot be written: "
              + DurableFiles.reason(e);
      problem = why;
      return new Receipt.Held(Receipt.Cause.STORAGE_DOWN, why);
    }
    String relative = directory.relativize(file).toString().replace('\\', '/');
    return new Receipt.Delivered(Outcome.STORED, relative);
  }

  private static LocalDate receiptDate(AttachmentTask task) {
    return LocalDate.ofInstant(task.emailReceivedDate(), ZoneOffset.UTC);
  }
}
