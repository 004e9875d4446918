package io.emailmonitor.worker.runtime;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.worker.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;

/** Shows a claimed and decoded task to its handler. */
record ClaimedAttempt(DecodedTask decoded, int number, Instant deadline) implements Attempt {
  @Override
  public AttachmentTask task() {
    return decoded.task();
  }

  @Override
  public InputStream openContent() {
    return decoded.openContent();
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
