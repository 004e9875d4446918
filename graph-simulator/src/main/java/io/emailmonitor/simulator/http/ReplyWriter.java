package io.emailmonitor.simulator.http;

import io.emailmonitor.simulator.http.Transmission.Framing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Writes the replies of one connection, broken as they are meant to be. For one thread. */
final class ReplyWriter {

  private static final int PIECE = 16 * 1024;
  private static final int PIECES_PER_SECOND = 10;

  private final Socket socket;
  private final OutputStream out;

  ReplyWriter(Socket socket) throws IOException {
    this.socket = socket;
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
  }

  /** Whether the connection can serve another request. */
  boolean write(Request request, Reply reply) throws IOException, InterruptedException {
    Transmission how = reply.transmission();
    byte[] body = request.method().equals("HEAD") ? new byte[0] : reply.body();
    Framing framing = framing(request, reply, how.framing());
    boolean last = framing == Framing.CLOSE || how.lengthError() != 0 || request.wantsClose();
    boolean cut = how.cutAfter() < body.length + (framing == Framing.CHUNKED ? 1 : 0);
    int end = (int) Math.max(0, Math.min(how.cutAfter(), body.length));
    // The last byte of a stated length waits until the request counts as done: a client that has
    // it may send its next request at once.
    int held = !cut && framing == Framing.LENGTH ? Math.min(1, end) : 0;
    try {
      pause(how.delay());
      if (how.cutAfter() >= 0) {
        head(reply, framing, body.length + how.lengthError(), last);
        body(body, 0, end - held, framing, how.bytesPerSecond());
      }
    } finally {
      reply.sent();
    }
    if (cut) {
      out.flush();
      if (how.reset()) {
        socket.setSoLinger(true, 0); // then closing resets
      }
      return false;
    }
    body(body, end - held, end, framing, 0);
    if (framing == Framing.CHUNKED) {
      ascii("0\r\n\r\n");
    }
    out.flush();
    return !last;
  }

  /** What has no body needs no chunks, and old clients do not know them. */
  private static Framing framing(Request request, Reply reply, Framing wanted) {
    boolean chunkable = reply.body().length > 0 && !request.isHttp10();
    return wanted == Framing.CHUNKED && !chunkable ? Framing.LENGTH : wanted;
  }

  private void head(Reply reply, Framing framing, int length, boolean last) throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(reply.status()).append(' ');
    head.append(Reasons.of(reply.status())).append("\r\n");
    line(head, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()));
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      line(head, header.getKey(), header.getValue());
    }
    if (framing == Framing.CHUNKED) {
      line(head, "Transfer-Encoding", "chunked");
    } else if (framing == Framing.LENGTH && reply.status() != 204) {
      line(head, "Content-Length", Integer.toString(Math.max(0, length)));
    }
    if (last) {
      line(head, "Connection", "close");
    }
    ascii(head.append("\r\n").toString());
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private void body(byte[] body, int from, int to, Framing framing, int bytesPerSecond)
      throws IOException, InterruptedException {
    int piece = bytesPerSecond == 0 ? PIECE : Math.max(1, bytesPerSecond / PIECES_PER_SECOND);
    for (int at = from; at < to; at += piece) {
      int size = Math.min(piece, to - at);
      if (framing == Framing.CHUNKED) {
        ascii(Integer.toHexString(size) + "\r\n");
        out.write(body, at, size);
        ascii("\r\n");
      } else {
        out.write(body, at, size);
      }
      if (bytesPerSecond > 0) {
        out.flush();
        pause(Duration.ofSeconds(size).dividedBy(bytesPerSecond));
      }
    }
  }

  private static void pause(Duration time) throws InterruptedException {
    if (!time.isZero()) {
      Thread.sleep(time.toMillis());
    }
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
