package io.emailmonitor.worker.runtime;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.worker.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows a claimed and decoded task to its handler. Closing it removes what it made. */
final class ClaimedAttempt implements Attempt, AutoCloseable {
  private final DecodedTask decoded;
  private final int number;
  private final Instant deadline;
  private @Nullable ContentFile file;

  ClaimedAttempt(DecodedTask decoded, int number, Instant deadline) {
    this.decoded = decoded;
    this.number = number;
    this.deadline = deadline;
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
  public Instant deadline() {
    return deadline;
  }

  @Override
  public InputStream openContent() {
    return decoded.openContent();
  }

  @Override
  public synchronized Path contentFile() throws IOException {
    ContentFile existing = file;
    if (existing == null) {
      existing = ContentFile.create(decoded);
      file = existing;
    }
    return existing.path();
  }

  @Override
  public byte[] content() throws MalformedTaskException {
    return decoded.content();
  }

  @Override
  public void transferContentTo(OutputStream out) throws IOException {
    decoded.transferContentTo(out);
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.delete();
      file = null;
    }
  }
}
