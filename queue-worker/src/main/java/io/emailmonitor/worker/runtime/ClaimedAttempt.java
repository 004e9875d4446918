package io.emailmonitor.worker.runtime;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.worker.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows a claimed and decoded task to its handler. Closing it removes what it made. */
final class ClaimedAttempt implements Attempt, AutoCloseable {
  private final DecodedTask decoded;
  private final Hold hold;
  private final LeaseKeeper leases;
  private @Nullable ContentFile file;

  ClaimedAttempt(DecodedTask decoded, Hold hold, LeaseKeeper leases) {
    this.decoded = decoded;
    this.hold = hold;
    this.leases = leases;
  }

  @Override
  public AttachmentTask task() {
    return decoded.task();
  }

  @Override
  public int number() {
    return hold.task().attempt();
  }

  @Override
  public int delivery() {
    return hold.task().delivery();
  }

  @Override
  public Instant deadline() {
    return hold.deadline();
  }

  @Override
  public Instant extend(Duration fromNow) {
    return leases.extend(hold, fromNow);
  }

  @Override
  public InputStream openContent() {
    return Interruptible.reading(decoded.openContent());
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
    decoded.transferContentTo(Interruptible.writing(out));
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.delete();
      file = null;
    }
  }
}
