package io.emailmonitor.benchmarks;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Takes contents and proves to the harness that they came whole. For one thread. */
final class Checked extends OutputStream {
  private static final int CHECKED_BYTES = 64;

  private final MessageDigest sha256;
  private int length;

  Checked() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    if (length < CHECKED_BYTES) {
      sha256.update(bytes, offset, Math.min(count, CHECKED_BYTES - length));
    }
    length += count;
  }

  /** What came since the last time, as one task. */
  Harness.Tally taken() {
    long check = ByteBuffer.wrap(sha256.digest()).getInt() & 0xFFFFFFFFL;
    Harness.Tally task = new Harness.Tally(1, length, check);
    length = 0;
    return task;
  }
}
