package io.emailmonitor.worker.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Content in memory never blocks; these let whoever reads it notice an interrupt all the same. */
final class Interruptible {
  private Interruptible() {}

  static InputStream reading(InputStream content) {
    return new FilterInputStream(content) {
      @Override
      public int read() throws IOException {
        check();
        return in.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        check();
        return in.read(target, offset, length);
      }
    };
  }

  /** What is written to the stream itself; closing it does nothing. */
  static OutputStream writing(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        check();
        out.write(one);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        check();
        out.write(source, offset, length);
      }
    };
  }

  private static void check() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while the content was read");
    }
  }
}
