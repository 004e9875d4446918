package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running program: fed and listened to by threads of their own, since neither reading nor writing
 * a pipe can be interrupted. Closing it kills what still runs of it and its children. For the
 * thread that made it.
 */
final class ChildProcess implements AutoCloseable {
  /** Enough for the last line that anybody will read. */
  private static final int KEPT_BYTES = 4096;

  private static final int LONGEST_WORDS = 200;

  /** A grandchild may hold the pipe open for as long as it likes. */
  private static final long PATIENCE_MILLIS = 1000;

  private final Process process;
  private final ByteArrayOutputStream lastBytes = new ByteArrayOutputStream();
  private final Thread listener;
  private volatile @Nullable IOException unreadable;

  /** Writes a program's input. */
  interface Input {
    void writeTo(OutputStream out) throws IOException;
  }

  private ChildProcess(Process process) {
    this.process = process;
    listener = daemon("exec-stderr", this::listen);
  }

  static ChildProcess start(ProcessBuilder builder) throws IOException {
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return new ChildProcess(builder.start());
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for its end with nothing on its standard input; returns its exit code. */
  int await() throws IOException, InterruptedException {
    return feed(out -> {});
  }

  /**
   * Writes its standard input and waits for its end; returns its exit code. A program need not read
   * all it is given.
   *
   * @throws IOException if the input could not be read; the program has been killed then, so that
   *     it never takes a part for the whole
   */
  int feed(Input input) throws IOException, InterruptedException {
    daemon("exec-stdin", () -> write(input));
    int code = process.waitFor();
    IOException failure = unreadable;
    if (failure != null) {
      throw failure;
    }
    listener.join(PATIENCE_MILLIS);
    return code;
  }

  private void write(Input input) {
    Pipe pipe = new Pipe(process.getOutputStream());
    try {
      input.writeTo(pipe);
      pipe.close();
    } catch (IOException | RuntimeException e) {
      if (!pipe.broken) {
        unreadable = e instanceof IOException io ? io : new IOException(e);
        kill();
      }
    }
  }

  private void listen() {
    byte[] buffer = new byte[KEPT_BYTES];
    try (InputStream errors = process.getErrorStream()) {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // It was killed: what it said until then is all there is.
      return;
    }
  }

  private synchronized void keep(byte[] bytes, int count) {
    byte[] before = lastBytes.toByteArray();
    int room = Math.max(0, KEPT_BYTES - count);
    int from = Math.max(0, before.length - room);
    lastBytes.reset();
    lastBytes.write(before, from, before.length - from);
    lastBytes.write(bytes, 0, count);
  }

  /** The last line that it wrote to its standard error, shortened; empty if there is none. */
  synchronized String lastWords() {
    List<String> lines = lastBytes.toString(UTF_8).lines().filter(line -> !line.isBlank()).toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    return last.length() <= LONGEST_WORDS ? last : last.substring(0, LONGEST_WORDS) + "...";
  }

  private void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    // The parent first, so that it can't start others. By its handle: the process itself would
    // first close its pipes, and wait for the thread that writes to a child that inherited them.
    process.toHandle().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  /** Tells a program that stopped reading from an input that can't be read. */
  private static final class Pipe extends OutputStream {
    private final OutputStream out;
    private boolean broken;

    Pipe(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }
  }
}
