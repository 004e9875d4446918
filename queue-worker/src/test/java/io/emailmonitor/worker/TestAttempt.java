package io.emailmonitor.worker;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** An attempt as a handler gets it, made from any task. */
public record TestAttempt(DecodedTask decoded) implements Attempt {

  /** The attempt at an item as it stands on the queue. */
  public static Attempt of(byte[] json) {
    try {
      return new TestAttempt(TaskCodec.decode(json));
    } catch (MalformedTaskException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The attempt at a task with that content. */
  public static Attempt of(AttachmentTask task, byte[] content) {
    try {
      return of(
          TaskCodec.encode(
                  task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE)
              .json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public AttachmentTask task() {
    return decoded.task();
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public Instant deadline() {
    return Instant.MAX;
  }

  @Override
  public Instant extend(Duration fromNow) {
    return deadline();
  }

  @Override
  public InputStream openContent() {
    return decoded.openContent();
  }

  @Override
  public Path contentFile() throws IOException {
    Path file = Files.createTempDirectory("test-").resolve(decoded.task().attachmentFilename());
    file.toFile().deleteOnExit();
    return Files.write(file, content());
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
