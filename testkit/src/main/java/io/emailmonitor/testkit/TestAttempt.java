package io.emailmonitor.testkit;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as a handler gets it from a worker, made from any task. Nothing happens at its
 * deadline: let a worker run the handler on an {@link InMemoryTaskQueue} to see that.
 */
public final class TestAttempt implements Attempt {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DecodedTask decoded;
  private final int number;
  private final int delivery;
  private final List<Duration> extensions = new CopyOnWriteArrayList<>();
  private Instant deadline;
  private @Nullable Path file;

  private TestAttempt(DecodedTask decoded, int number, int delivery, Instant deadline) {
    this.decoded = decoded;
    this.number = number;
    this.delivery = delivery;
    this.deadline = deadline;
  }

  /** The first attempt at an item as it stands on the queue, with five minutes to go. */
  public static TestAttempt of(byte[] json) {
    try {
      return new TestAttempt(TaskCodec.decode(json), 1, 1, Instant.now().plus(PATIENCE));
    } catch (MalformedTaskException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first attempt at a task with that content. */
  public static TestAttempt of(AttachmentTask task, byte[] content) {
    try {
      return of(
          TaskCodec.encode(
                  task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE)
              .json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A later attempt at the same task, handed out at least as often. */
  public TestAttempt withNumber(int later) {
    return new TestAttempt(decoded, later, Math.max(later, delivery), deadline);
  }

  /** The same attempt with another {@link #delivery()}, as of a late one or a revived task. */
  public TestAttempt withDelivery(int other) {
    return new TestAttempt(decoded, number, other, deadline);
  }

  /** The same attempt with another deadline. */
  public TestAttempt withDeadline(Instant other) {
    return new TestAttempt(decoded, number, delivery, other);
  }

  /** Has it handled and, as a worker does, removes the file that the handler may have got. */
  public Outcome handledBy(TaskHandler handler) throws Exception {
    try {
      return handler.handle(this);
    } finally {
      removeFile();
    }
  }

  /** What the handler has asked {@link #extend} for, in order. */
  public List<Duration> extensions() {
    return List.copyOf(extensions);
  }

  @Override
  public AttachmentTask task() {
    return decoded.task();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public int delivery() {
    return delivery;
  }

  @Override
  public synchronized Instant deadline() {
    return deadline;
  }

  /** Gives what is asked for, without the limit that workers have. */
  @Override
  public synchronized Instant extend(Duration fromNow) {
    extensions.add(fromNow);
    Instant wanted = Instant.now().plus(fromNow);
    deadline = wanted.isAfter(deadline) ? wanted : deadline;
    return deadline;
  }

  @Override
  public InputStream openContent() {
    return decoded.openContent();
  }

  @Override
  public synchronized Path contentFile() throws IOException {
    Path existing = file;
    if (existing == null) {
      Path folder = Files.createTempDirectory("test-attempt-");
      existing = folder.resolve(SafeFileName.writable(task().attachmentFilename()));
      // For tests that call the handler themselves; the last one to be named is deleted first.
      folder.toFile().deleteOnExit();
      existing.toFile().deleteOnExit();
      Files.write(existing, content());
      file = existing;
    }
    return existing;
  }

  private synchronized void removeFile() throws IOException {
    Path existing = file;
    if (existing != null) {
      Files.deleteIfExists(existing);
      Path folder = existing.getParent();
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
      file = null;
    }
  }

  @Override
  public byte[] content() throws MalformedTaskException {
    return decoded.content();
  }

  @Override
  public void transferContentTo(OutputStream out) throws IOException {
    decoded.transferContentTo(out);
  }
}
