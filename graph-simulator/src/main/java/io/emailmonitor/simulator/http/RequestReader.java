package io.emailmonitor.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one connection, one after the other. For one thread. */
final class RequestReader {

  private static final int LONGEST_HEAD = 256 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final OutputStream out;
  private final String scheme;
  private final String ownHost;
  private int headLength;

  /**
   * @param ownHost what the client means when it does not say
   */
  RequestReader(InputStream in, OutputStream out, String scheme, String ownHost) {
    this.in = new BufferedInputStream(in, 16 * 1024);
    this.out = out;
    this.scheme = scheme;
    this.ownHost = ownHost;
  }

  /**
   * The next one, or null when the client has no more.
   *
   * @throws ProtocolException for what is not HTTP
   */
  @Nullable Request next() throws IOException {
    headLength = 0;
    String line = line();
    if (line == null) {
      return null;
    }
    String[] start = line.split(" ", -1);
    if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("'" + line + "' does not start an HTTP/1.1 request");
    }
    Map<String, List<String>> headers = headers();
    String path = start[1].replaceFirst("^[A-Za-z]+://[^/]*", "");
    int question = path.indexOf('?');
    return new Request(
        start[0],
        scheme + "://" + first(headers, "host", ownHost),
        question < 0 ? path : path.substring(0, question),
        question < 0 ? "" : path.substring(question + 1),
        headers,
        body(headers),
        start[2]);
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    String line = required(line());
    while (!line.isEmpty()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header without a colon");
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
      line = required(line());
    }
    return headers;
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    boolean chunked = first(headers, "transfer-encoding", "").equalsIgnoreCase("chunked");
    long length = number(first(headers, "content-length", "0"), 10);
    if ((chunked || length > 0) && first(headers, "expect", "").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE);
      out.flush();
    }
    return chunked ? chunks() : exactly(length);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headLength = 0;
      long size = number(required(line()).replaceFirst(";.*", "").strip(), 16);
      body.writeBytes(exactly(size));
      String end = required(line());
      while (size == 0 && !end.isEmpty()) { // trailers
        end = required(line());
      }
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] exactly(long length) throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(length));
    if (bytes.length < length) {
      throw new EOFException("the client went away within a body");
    }
    return bytes;
  }

  private static long number(String text, int radix) throws ProtocolException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0 && number <= Integer.MAX_VALUE - 8) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException("'" + text + "' is no length that can be served");
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return line.size() == 0 ? null : required(null);
      }
      if (++headLength > LONGEST_HEAD) {
        throw new ProtocolException("the head is longer than " + LONGEST_HEAD + " bytes");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static String required(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("the client went away within a request");
    }
    return line;
  }

  private static String first(Map<String, List<String>> headers, String name, String otherwise) {
    List<String> values = headers.get(name);
    return values == null ? otherwise : values.get(0);
  }
}
