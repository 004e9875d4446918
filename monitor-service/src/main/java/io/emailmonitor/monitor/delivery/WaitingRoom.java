package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on disk while the queue is down: {@code waiting/<task id>.json} below the attachments
 * directory, each the whole item as it will lie on the queue. Safe for use by several threads, as
 * long as no two of them have the same task.
 */
final class WaitingRoom {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
  private static final String FOLDER = "waiting";
  private static final String ENDING = ".json";
  private static final String TEMPORARY = ".part";

  /** What is left free on the disk, where the ledger often lies, too. */
  private static final long SPARE = 64L * 1024 * 1024;

  private final Path attachments;
  private final Path folder;
  private final long maxBytes;
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile @Nullable String problem;

  /**
   * @param maxBytes how many bytes may be stored; 0 for none
   */
  WaitingRoom(Path attachments, long maxBytes) {
    this.attachments = attachments;
    this.folder = attachments.resolve(FOLDER);
    this.maxBytes = maxBytes;
    count();
  }

  private void count() {
    for (Path file : files()) {
      try {
        tasks.incrementAndGet();
        bytes.addAndGet(Files.size(file));
      } catch (IOException e) {
        LOG.warn("a file in {} cannot be looked at: {}", folder, DurableFiles.reason(e));
      }
    }
  }

  private List<Path> files() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).toList();
    } catch (IOException e) {
      LOG.warn("{} cannot be looked at: {}", folder, DurableFiles.reason(e));
      return List.of();
    }
  }

  /**
   * Stores tasks. One that is there already is stored anew.
   *
   * @param why why they cannot go to the queue, in words
   * @return one receipt for each task, in order
   */
  List<Receipt> put(List<EncodedTask> newcomers, String why) {
    List<Receipt> receipts = newcomers.stream().map(task -> put(task, why)).toList();
    try {
      if (receipts.stream().anyMatch(Receipt.Waiting.class::isInstance)) {
        DurableFiles.sync(List.of(folder, attachments));
      }
      return receipts;
    } catch (IOException e) {
      Receipt held = held(why, "cannot be written: " + DurableFiles.reason(e));
      return receipts.stream().map(receipt -> held).toList();
    }
  }

  private Receipt put(EncodedTask task, String why) {
    Path file = file(task.task().taskId());
    long before = file.toFile().length();
    long more = task.json().length - before;
    long then = bytes.addAndGet(more);
    String refusal;
    try {
      refusal = refusal(then, more);
      if (refusal == null) {
        DurableFiles.write(out -> out.write(task.json()), temporary(file), file);
        tasks.addAndGet(before == 0 ? 1 : 0);
        problem = null;
        return new Receipt.Waiting(FOLDER + "/" + file.getFileName());
      }
    } catch (IOException e) {
      refusal = "cannot be written: " + DurableFiles.reason(e);
    }
    bytes.addAndGet(-more);
    return held(why, refusal);
  }

  private @Nullable String refusal(long then, long more) throws IOException {
    if (then > maxBytes) {
      return "may hold no more than " + maxBytes + " bytes (MAX_WAITING_BYTES)";
    }
    Files.createDirectories(folder);
    return Files.getFileStore(folder).getUsableSpace() - more < SPARE
        ? "is on a disk that has less than " + SPARE + " bytes left"
        : null;
  }

  private Receipt held(String why, String obstacle) {
    String words = why + ", and " + folder + ", which keeps tasks until then, " + obstacle;
    problem = words;
    return new Receipt.Held(Receipt.Cause.STORAGE_DOWN, words);
  }

  /**
   * Reads a task that was stored, into memory as a whole.
   *
   * @return nothing if it is not there any more, or damaged
   */
  Optional<EncodedTask> get(String taskId) throws IOException {
    try {
      EncodedTask task = TaskCodec.encoded(Files.readAllBytes(file(taskId)));
      return task.task().taskId().equals(taskId) ? Optional.of(task) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedTaskException e) {
      LOG.warn("task {}: its file in {} is damaged: {}", taskId, folder, e.getMessage());
      return Optional.empty();
    }
  }

  /** How many bytes a stored task has; 0 if it is not there. */
  long size(String taskId) {
    return file(taskId).toFile().length();
  }

  void remove(String taskId) {
    Path file = file(taskId);
    try {
      long size = Files.size(file);
      Files.delete(file);
      bytes.addAndGet(-size);
      tasks.decrementAndGet();
      problem = null;
    } catch (NoSuchFileException e) {
      LOG.debug("task {} was not in {}", taskId, folder);
    } catch (IOException e) {
      LOG.warn(
          "task {} is on the queue, but its file in {} cannot be deleted: {}",
          taskId,
          folder,
          DurableFiles.reason(e));
    }
  }

  /** The tasks that were stored before the given time, as their files say. */
  List<String> storedBefore(Instant time) {
    return files().stream()
        .filter(file -> Instant.ofEpochMilli(file.toFile().lastModified()).isBefore(time))
        .map(file -> file.getFileName().toString())
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .toList();
  }

  private Path file(String taskId) {
    return folder.resolve(taskId + ENDING);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY);
  }

  long tasks() {
    return tasks.get();
  }

  long bytes() {
    return bytes.get();
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Why something could not be stored; empty once there is room again. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** The queue takes tasks again: nothing needs to be stored. */
  void rest() {
    problem = null;
  }
}
