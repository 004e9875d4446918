package io.emailmonitor.monitor.graph;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer being read, which counts as a request in flight until it is closed. */
final class HeldStream extends FilterInputStream {
  private final RequestLimits.Permit permit;
  private final AtomicBoolean closed = new AtomicBoolean();

  HeldStream(InputStream content, RequestLimits.Permit permit) {
    super(content);
    this.permit = permit;
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        super.close();
      } finally {
        permit.release();
      }
    }
  }
}
