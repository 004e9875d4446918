package io.emailmonitor.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** Writes one task: the header, then the content in base64 as it streams by, all into one array. */
final class TaskEncoder {
  /**
   * The JDK's base64 is fastest when called often with little: one call on 50 MB never gets
   * compiled.
   */
  private static final int CHUNK = 24 * 1024;

  /** For contents that are expected to be small, a smaller chunk does. */
  private static final int SMALLEST_CHUNK = 3 * 1024;

  /** Spare room that is filled with spaces rather than cut off by copying the whole array. */
  private static final int TOLERATED_SLACK = 16 * 1024;

  private static final byte[] END = {'"', '}'};

  private final byte[] chunk;
  private final byte[] encoded;
  private final Base64.Encoder base64 = Base64.getEncoder();
  private final MessageDigest sha256 = TaskId.sha256();

  private final AttachmentTask task;
  private final TaskHeader header;
  private byte[] json;
  private int position;
  private int size;

  TaskEncoder(AttachmentTask task, int expectedSize) {
    this.task = task;
    this.header = TaskHeader.of(task);
    int whole = (int) Math.min(CHUNK, (expectedSize + 2L) / 3 * 3);
    this.chunk = new byte[Math.max(SMALLEST_CHUNK, whole)];
    this.encoded = new byte[chunk.length / 3 * 4];
    long expected = header.length() + base64Length(expectedSize) + END.length;
    this.json = new byte[(int) Math.min(expected, TaskCodec.MAX_JSON_BYTES)];
    header.copyTo(json);
    this.position = header.length();
  }

  EncodedTask encode(InputStream content, int maxSize) throws IOException {
    long room = ((long) TaskCodec.MAX_JSON_BYTES - header.length() - END.length) / 4 * 3;
    long limit = Math.min(maxSize, room);
    for (int read = fill(content); read > 0; read = fill(content)) {
      if (size + (long) read > limit) {
        throw new ContentTooLargeException(limit);
      }
      append(read);
    }
    return finish();
  }

  /**
   * Fills the chunk as far as the stream reaches: only the last one may be short, or padding would
   * end the base64 early.
   */
  private int fill(InputStream content) throws IOException {
    int filled = 0;
    while (filled < chunk.length) {
      int read = content.read(chunk, filled, chunk.length - filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  private void append(int read) {
    sha256.update(chunk, 0, read);
    byte[] source = read == chunk.length ? chunk : Arrays.copyOf(chunk, read);
    int length = base64.encode(source, encoded);
    ensureRoom(length + END.length);
    System.arraycopy(encoded, 0, json, position, length);
    position += length;
    size += read;
  }

  private void ensureRoom(int more) {
    if (json.length - position < more) {
      long grown = Math.max(position + (long) more, json.length + (json.length >>> 1));
      json = Arrays.copyOf(json, (int) Math.min(grown, TaskCodec.MAX_JSON_BYTES));
    }
  }

  private EncodedTask finish() {
    System.arraycopy(END, 0, json, position, END.length);
    position += END.length;
    if (json.length - position > TOLERATED_SLACK) {
      json = Arrays.copyOf(json, position);
    } else {
      Arrays.fill(json, position, json.length, (byte) ' ');
    }
    String hash = header.fill(json, size, sha256.digest());
    return new EncodedTask(task.withContent(size, hash), json);
  }

  private static long base64Length(long size) {
    return (size + 2) / 3 * 4;
  }
}
