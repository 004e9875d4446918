package io.emailmonitor.worker.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a process notes about its work, a line each. A line that was written outlives the process:
 * the operating system has it.
 */
final class Journal {
  private final FileChannel file;

  Journal(Path path) {
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One write each, so that no kill leaves half a line. */
  synchronized void note(Object... words) throws IOException {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(word).append(' ');
    }
    line.setCharAt(line.length() - 1, '\n');
    file.write(ByteBuffer.wrap(line.toString().getBytes(UTF_8)));
  }

  /** The words of each line; none if nothing was ever written. */
  static List<List<String>> read(Path path) {
    try {
      return Files.exists(path)
          ? Files.readAllLines(path).stream().map(line -> List.of(line.split(" "))).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
