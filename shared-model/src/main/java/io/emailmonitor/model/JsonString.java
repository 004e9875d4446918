package io.emailmonitor.model;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of a long JSON string without looking at each of its characters by itself. */
final class JsonString {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  /** Where the closing quote stands. */
  final int end;

  /** Whether there is a backslash before it. */
  final boolean escaped;

  private JsonString(int end, boolean escaped) {
    this.end = end;
    this.escaped = escaped;
  }

  /** Scans from just behind the opening quote. */
  static JsonString scan(byte[] json, int start) throws MalformedTaskException {
    boolean escaped = false;
    int at = start;
    while (true) {
      at = nextQuoteOrBackslash(json, at);
      if (at >= json.length) {
        throw new MalformedTaskException("the item ends inside a string that begins", start);
      }
      if (json[at] == '"') {
        return new JsonString(at, escaped);
      }
      escaped = true;
      at += 2;
    }
  }

  private static int nextQuoteOrBackslash(byte[] json, int from) {
    int at = from;
    while (at <= json.length - Long.BYTES) {
      long eight = (long) LONGS.get(json, at);
      long hits = zeroBytes(eight ^ QUOTES) | zeroBytes(eight ^ BACKSLASHES);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < json.length && json[at] != '"' && json[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Sets the high bit of the lowest zero byte (and perhaps of higher bytes, which don't matter).
   */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /**
   * The base64 text of an escaped string: {@code \/} and the like resolved, escaped line ends left
   * out.
   */
  static byte[] unescapedBase64(byte[] json, int start, int end) throws MalformedTaskException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(end - start);
    int at = start;
    while (at < end) {
      if (json[at] != '\\') {
        plain.write(json[at++]);
        continue;
      }
      switch (json[at + 1]) {
        case 'n', 'r', 't' -> at += 2;
        case '/' -> {
          plain.write('/');
          at += 2;
        }
        case 'u' -> {
          plain.write(asciiOf(json, at, end));
          at += 6;
        }
        default -> throw new MalformedTaskException("not a base64 character", at);
      }
    }
    return plain.toByteArray();
  }

  private static int asciiOf(byte[] json, int at, int end) throws MalformedTaskException {
    int code = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = i < end ? Character.digit(json[i], 16) : -1;
      if (digit < 0) {
        throw new MalformedTaskException("not a valid escape", at);
      }
      code = code * 16 + digit;
    }
    if (code > 127) {
      throw new MalformedTaskException("not a base64 character", at);
    }
    return code;
  }
}
