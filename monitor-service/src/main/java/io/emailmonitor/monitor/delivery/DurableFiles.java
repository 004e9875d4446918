package io.emailmonitor.monitor.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes files of which one under its final name is complete and on disk, whatever happens; a crash
 * leaves at most a temporary one.
 */
final class DurableFiles {
  /** What goes into a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private DurableFiles() {}

  /** Replaces the file, if it is there. Its name is durable once its folder is synced. */
  static void write(Content content, Path temporary, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes new names durable. Windows does not open directories, and does not need it. */
  static void sync(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  /** Without the file's name, which may have come with a mail. */
  static String reason(IOException e) {
    boolean named = e instanceof FileSystemException;
    String reason = named ? ((FileSystemException) e).getReason() : e.getMessage();
    return e.getClass().getSimpleName() + (reason == null ? "" : " (" + reason + ")");
  }
}
