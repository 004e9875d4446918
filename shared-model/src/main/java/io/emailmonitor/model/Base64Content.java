package io.emailmonitor.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Base64 text inside a larger array, decoded a chunk at a time. Immutable; every reading starts
 * anew.
 */
final class Base64Content {
  /** See {@link TaskEncoder}: small calls are the fast ones. */
  private static final int CHUNK = 32 * 1024;

  private static final int DECODED_CHUNK = CHUNK / 4 * 3;

  private final byte[] source;
  private final int start;
  private final int end;

  Base64Content(byte[] source, int start, int end) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** How many bytes the text stands for, if it is valid. */
  int decodedLength() {
    int text = end - start;
    while (text > 0 && source[start + text - 1] == '=') {
      text--;
    }
    return (int) (text * 3L / 4);
  }

  void transferTo(OutputStream out) throws IOException {
    Reader reader = new Reader();
    for (int n = reader.next(); n > 0; n = reader.next()) {
      out.write(reader.decoded, 0, n);
    }
  }

  byte[] toByteArray() throws MalformedTaskException {
    byte[] content = new byte[decodedLength()];
    Reader reader = new Reader();
    int filled = 0;
    for (int n = reader.next(); n > 0; n = reader.next()) {
      System.arraycopy(reader.decoded, 0, content, filled, n);
      filled += n;
    }
    return content;
  }

  InputStream open() {
    return new Stream();
  }

  /**
   * Goes through the text once, decoding one chunk after the other into the same buffer, which is
   * no larger than the text needs: for small tasks, making it would be most of the work.
   */
  private final class Reader {
    private final Base64.Decoder base64 = Base64.getDecoder();
    private final byte[] text = new byte[Math.min(CHUNK, end - start)];
    final byte[] decoded = new byte[Math.min(DECODED_CHUNK, (text.length + 3) / 4 * 3)];
    private int position = start;

    /** Decodes the next chunk; returns how many bytes it gave, 0 at the end. */
    int next() throws MalformedTaskException {
      int length = Math.min(CHUNK, end - position);
      if (length == 0) {
        return 0;
      }
      byte[] chunk = text;
      if (length < text.length) {
        chunk = Arrays.copyOfRange(source, position, end);
      } else {
        System.arraycopy(source, position, text, 0, length);
      }
      int count = decode(chunk);
      position += length;
      return count;
    }

    private int decode(byte[] chunk) throws MalformedTaskException {
      int count;
      try {
        count = base64.decode(chunk, decoded);
      } catch (IllegalArgumentException e) {
        throw malformed(e.getMessage());
      }
      // Padding ends base64: inside the text it would silently glue two contents together.
      if (count < DECODED_CHUNK && position + chunk.length < end) {
        throw malformed("padding before the end");
      }
      return count;
    }

    private MalformedTaskException malformed(@Nullable String problem) {
      String field = TaskFields.ATTACHMENT_CONTENT_B64;
      return new MalformedTaskException(
          "'" + field + "' is not valid base64: " + problem + ", in the part", position);
    }
  }

  private final class Stream extends InputStream {
    private final Reader reader = new Reader();
    private int from;
    private int to;

    @Override
    public int read() throws IOException {
      return fill() ? reader.decoded[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, to - from);
      System.arraycopy(reader.decoded, from, target, offset, count);
      from += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (from == to) {
        from = 0;
        to = reader.next();
      }
      return to > 0;
    }

    @Override
    public int available() {
      return to - from;
    }
  }
}
