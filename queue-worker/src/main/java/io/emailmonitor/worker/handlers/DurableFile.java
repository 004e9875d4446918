package io.emailmonitor.worker.handlers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that stands under its name only once it is complete and on disk, replacing what stood
 * there. Closing it without a commit leaves nothing.
 */
final class DurableFile implements AutoCloseable {
  /** How unfinished files end; with the dot they begin with, no safe name looks like that. */
  static final String UNFINISHED = ".part";

  private final Path target;
  private final Path part;
  private final FileChannel channel;

  DurableFile(Path target) throws IOException {
    this.target = target;
    // A random name: a late attempt at the same task may still be writing its own.
    part = target.resolveSibling("." + UUID.randomUUID() + UNFINISHED);
    channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  long size() throws IOException {
    return channel.size();
  }

  void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Path folder = target.getParent();
    if (folder != null) {
      syncFolder(folder);
    }
  }

  /** Makes the names in a folder outlive a power cut. */
  static void syncFolder(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder, and needs no such step.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
