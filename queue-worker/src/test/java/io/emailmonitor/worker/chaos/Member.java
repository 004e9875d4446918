package io.emailmonitor.worker.chaos;

import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.worker.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place that one process after the other fills: a worker or a producer, with a folder that
 * outlives them. For one thread.
 */
final class Member implements AutoCloseable {
  final String name;
  final Path folder;

  /** Its way to Redis, where that is not the direct one. */
  final @Nullable FaultyProxy link;

  private final Function<Member, JavaProcess> start;
  private @Nullable JavaProcess process;

  Member(
      String name, Path parent, @Nullable FaultyProxy link, Function<Member, JavaProcess> start) {
    this.name = name;
    this.folder = parent.resolve(name);
    this.link = link;
    this.start = start;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    process = start.apply(this);
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  JavaProcess process() {
    if (process == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return process;
  }

  void kill() {
    process().kill();
    process = null;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    if (link != null) {
      link.close();
    }
  }
}
