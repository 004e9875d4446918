package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.InputStream;

/** Tells how much was read of a stream, to one who can end it. Closing leaves the stream open. */
public final class CountedStream extends InputStream {

  /** Is told of bytes when they have been read. */
  public interface Counter {
    /** Ends the reading by throwing. */
    void count(int bytes) throws IOException;
  }

  private final InputStream content;
  private final Counter counter;

  public CountedStream(InputStream content, Counter counter) {
    this.content = content;
    this.counter = counter;
  }

  @Override
  public int read() throws IOException {
    int b = content.read();
    if (b >= 0) {
      counter.count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = content.read(target, offset, length);
    if (read > 0) {
      counter.count(read);
    }
    return read;
  }
}
