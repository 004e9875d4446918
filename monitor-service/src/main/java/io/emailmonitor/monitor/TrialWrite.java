package io.emailmonitor.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds out whether something can be written by writing, which alone shows it, and takes away what
 * was not there before: a start that fails leaves nothing behind.
 */
final class TrialWrite {
  private TrialWrite() {}

  /** Makes the directory and a file in it. */
  static void into(Path directory) throws IOException {
    Deque<Path> made = missing(directory);
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".probe", ""));
    } finally {
      remove(made);
    }
  }

  /** Opens the file, and makes it where it is not there. */
  static void to(Path file) throws IOException {
    Deque<Path> made = missing(file);
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } finally {
      remove(made);
    }
  }

  /** What is not there yet, from the innermost on. */
  private static Deque<Path> missing(Path path) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = path.toAbsolutePath(); p != null && Files.notExists(p); p = p.getParent()) {
      missing.addLast(p);
    }
    return missing;
  }

  private static void remove(Deque<Path> made) throws IOException {
    for (Path path : made) {
      Files.deleteIfExists(path);
    }
  }
}
