package io.emailmonitor.service.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests that are no requests, or hold what does not belong there, byte by byte. All hold {@link
 * #MARK}, so that it can be told where a program repeats what it was sent.
 */
public final class HostileRequests {
  /** Stands wherever something is likely to be quoted. */
  public static final String MARK = "xyzzy";

  private static final String END = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final int PATIENCE_MILLIS = 200;

  private static final List<String> LINES =
      List.of(
          "GET /xyzzy%zz HTTP/1.1",
          "GET /%2e%2e/xyzzy HTTP/1.1",
          "GET /a%2fxyzzy/../..;xyzzy HTTP/1.1",
          "GET /xyzzy%00 HTTP/1.1",
          "GET /xyzzy%0d%0aWARN%20forged HTTP/1.1",
          "GET /xyzzy\\..\\ HTTP/1.1",
          "GET /xyzzy xyzzy HTTP/1.1",
          "GET http://xyzzy@localhost/ HTTP/1.1",
          "GET http://xyzzy:99999/ HTTP/1.1",
          "GET xyzzy HTTP/1.1",
          "GET //xyzzy/ HTTP/1.1",
          "GET /status?xyzzy=%zz HTTP/1.1",
          "GET /recent-results?offset=xyzzy HTTP/1.1",
          "GET /recent-results?q=%ff%fexyzzy HTTP/1.1",
          "GET /jobs/xyzzy HTTP/1.1",
          "GET /rules/explain?size=xyzzy%0aWARN%20forged HTTP/1.1",
          "GET /rules/explain?inline=xyzzy&kind=xyzzy HTTP/1.1",
          "GET /health/xyzzy HTTP/1.1",
          "GET /xyzzy HTTP/9.9",
          "GET /xyzzy XYZZY/1.1",
          "xyzzy / HTTP/1.1",
          "XYZZY\u0001 / HTTP/1.1",
          "TRACE /xyzzy HTTP/1.1",
          "CONNECT xyzzy:80 HTTP/1.1",
          "OPTIONS /xyzzy HTTP/1.1",
          "POST /tasks/xyzzy HTTP/1.1",
          "POST /process-now?wait=xyzzy HTTP/1.1");

  private static final List<String> HEADERS =
      List.of(
          "xyzzy no colon",
          "xyzzy name: x",
          "X: xyzzy\u0001",
          "X: a\r\n xyzzy",
          "Content-Length: xyzzy",
          "Content-Length: 1\r\nContent-Length: 2xyzzy",
          "Transfer-Encoding: xyzzy",
          "Content-Type: xyzzy;;=\"",
          "Cookie: $xyzzy=;=;\"xyzzy",
          "Cookie: email_monitor_session=xyzzy\"\\",
          "Authorization: Bearer xyzzy\u00ff",
          "Authorization: xyzzy",
          "If-None-Match: xyzzy",
          "If-Modified-Since: xyzzy",
          "Range: bytes=xyzzy",
          "Accept: xyzzy",
          "Accept-Language: xyzzy;q=xyzzy",
          "Accept-Encoding: xyzzy;q=xyzzy",
          "Expect: xyzzy",
          "Upgrade: xyzzy\r\nConnection: upgrade",
          "Forwarded: for=xyzzy;host=\"xyzzy",
          "X-Forwarded-For: xyzzy\r\nX-Forwarded-Port: xyzzy",
          "Origin: xyzzy",
          "Sec-Fetch-Site: xyzzy",
          "X-HTTP-Method-Override: xyzzy");

  private static final List<String> WHOLE =
      List.of(
          "xyzzy\r\n\r\n",
          "\u0016\u0003\u0001\u0002xyzzy\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxyzzy",
          "GET /xyzzy\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\nX: xyzzy\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\nHost: xyzzy xyzzy\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\nHost: xyzzy:port\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\nHost: xyzzy@localhost\r\n\r\n",
          "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nHost: xyzzy\r\n\r\n",
          post("application/x-www-form-urlencoded", "xyzzy=xyzzy&%zz"),
          post("application/json", "{\"token\": xyzzy"),
          post("application/json;charset=xyzzy", "{}"),
          post("multipart/form-data; boundary=xyzzy", "--xyzzy\r\n\r\nx"),
          "POST /sign-in HTTP/1.1\r\nTransfer-Encoding: chunked" + END + "xyzzy\r\nxyzzy\r\n",
          "POST /sign-in HTTP/1.1\r\nTransfer-Encoding: chunked" + END + "5;xyzzy=\u0001\r\nxyzzy",
          "GET /" + MARK.repeat(5000) + " HTTP/1.1" + END,
          "GET / HTTP/1.1\r\nX: " + MARK.repeat(5000) + END,
          "POST /sign-in HTTP/1.1\r\nContent-Length: 99999999" + END + MARK);

  private HostileRequests() {}

  private static String post(String type, String body) {
    return "POST /sign-in HTTP/1.1\r\nContent-Type: %s\r\nContent-Length: %d"
            .formatted(type, body.length())
        + END
        + body;
  }

  /** All of them, for any port. */
  public static List<String> all() {
    return Stream.of(
            LINES.stream().map(line -> line + END),
            HEADERS.stream().map(header -> "POST /sign-in HTTP/1.1\r\n" + header + END),
            WHOLE.stream())
        .flatMap(requests -> requests)
        .toList();
  }

  /** Sends it; returns what is answered until the other side ends or waits for more. */
  public static String send(int port, String request) throws IOException {
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      byte[] buffer = new byte[8192];
      int read = socket.getInputStream().read(buffer);
      while (read >= 0) {
        answer.append(new String(buffer, 0, read, ISO_8859_1));
        read = socket.getInputStream().read(buffer);
      }
    } catch (SocketTimeoutException | SocketException e) {
      // Hung up without a word, or silent: what was answered counts.
      return answer.toString();
    }
    return answer.toString();
  }
}
