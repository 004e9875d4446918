package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.StoredFiles;
import io.emailmonitor.monitor.ledger.StoredFiles.Stored;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what has been in local storage for long, and records that; then also files of which
 * nothing is recorded, because their messages are forgotten or a crash came before the record. The
 * file goes before its record says so: after a crash in between, the next round finds the record
 * and does the rest. Touches nothing but folders that {@link LocalStorage} makes. For one thread.
 */
final class OldFiles {
  private static final int AT_ONCE = 100;

  /** So many unrecorded ones in one step, which must not take long. */
  private static final int MOST = 1000;

  private final LocalStorage storage;
  private final StoredFiles ledger;
  private String reached = "";
  private int removed;
  private long bytes;
  private @Nullable String obstacle;

  OldFiles(LocalStorage storage, StoredFiles ledger) {
    this.storage = storage;
    this.ledger = ledger;
  }

  /**
   * What a step has done.
   *
   * @param tasks of how many tasks it removed what was stored
   * @param more whether the round goes on
   */
  record Step(int tasks, long bytes, boolean more) {}

  /** Removes some of what was stored before that time. */
  Step step(Instant before) {
    removed = 0;
    bytes = 0;
    if (reached.isEmpty()) {
      obstacle = null;
    }
    boolean more = storage.alone(() -> removeRecorded(before));
    if (!more) {
      removeUnrecorded(before);
      more = removed >= MOST;
    }
    return new Step(removed, bytes, more);
  }

  /** Why some of it could not be removed. */
  Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  private boolean removeRecorded(Instant before) {
    List<Stored> batch = ledger.storedBefore(before, reached, AT_ONCE);
    reached = batch.isEmpty() ? "" : batch.get(batch.size() - 1).taskId();
    ledger.removed(
        batch.stream().filter(stored -> remove(folder(stored))).map(Stored::taskId).toList());
    return !batch.isEmpty();
  }

  private Path folder(Stored stored) {
    String day = stored.place().substring(0, Math.max(0, stored.place().indexOf('/')));
    return storage.directory().resolve(day).resolve(stored.taskId());
  }

  private void removeUnrecorded(Instant before) {
    for (Path day : list(storage.directory())) {
      if (mayHoldOld(day, before)) {
        List<Path> old = list(day).stream().filter(folder -> isOld(folder, before)).toList();
        for (int from = 0; from < old.size() && removed < MOST; from += AT_ONCE) {
          List<Path> batch = old.subList(from, Math.min(old.size(), from + AT_ONCE));
          storage.alone(() -> removeUnrecorded(batch, before));
        }
      }
    }
  }

  private boolean removeUnrecorded(List<Path> folders, Instant before) {
    Set<String> recorded = ledger.stored(folders.stream().map(OldFiles::name).toList());
    // Looked at once more: it may have been stored again a moment ago.
    return folders.stream()
        .filter(folder -> !recorded.contains(name(folder)) && isOld(folder, before))
        .map(this::remove)
        .reduce(true, Boolean::logicalAnd);
  }

  /** Days are those of receipt, and nothing is stored before it is received. */
  private static boolean mayHoldOld(Path day, Instant before) {
    try {
      LocalDate last = LocalDate.ofInstant(before, ZoneOffset.UTC).plusDays(1);
      return !LocalDate.parse(name(day)).isAfter(last);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isOld(Path folder, Instant before) {
    if (!TaskId.isOurs(name(folder))) {
      return false;
    }
    List<Path> files = list(folder);
    Stream<Path> dated = files.isEmpty() ? Stream.of(folder) : files.stream();
    return dated.allMatch(
        path -> Instant.ofEpochMilli(path.toFile().lastModified()).isBefore(before));
  }

  private boolean remove(Path folder) {
    try {
      long size = 0;
      for (Path file : list(folder)) {
        size += Files.size(file);
        Files.delete(file);
      }
      Files.deleteIfExists(folder);
      bytes += size;
      removed++;
    } catch (IOException e) {
      obstacle = DurableFiles.reason(e);
      return false;
    }
    removeEmpty(folder.resolve("..").normalize());
    return true;
  }

  private void removeEmpty(Path day) {
    try {
      Files.deleteIfExists(day);
    } catch (DirectoryNotEmptyException e) {
      // There is something left of that day.
      return;
    } catch (IOException e) {
      obstacle = DurableFiles.reason(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    } catch (IOException e) {
      // It is not there, is no folder, or may not be read; then it cannot be removed either.
      return List.of();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
