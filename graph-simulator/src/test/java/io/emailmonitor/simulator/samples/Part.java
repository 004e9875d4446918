package io.emailmonitor.simulator.samples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** One MIME part, written out. */
final class Part {

  private final List<String> headers;
  private final byte[] body;

  private Part(List<String> headers, byte[] body) {
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  static Part raw(String body, String... headers) {
    return new Part(List.of(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  static Part text(String text) {
    return base64(bytes(text), "Content-Type: text/plain; charset=utf-8");
  }

  static Part html(String html) {
    return base64(bytes(html), "Content-Type: text/html; charset=utf-8");
  }

  /** A file the way most programs attach it. */
  static Part file(String name, String type, byte[] content) {
    return base64(
        content,
        "Content-Type: " + type + "; name=\"" + name + '"',
        "Content-Disposition: attachment; filename=\"" + name + '"');
  }

  /** A file whose name no plain header can hold. */
  static Part encodedFile(String name, String type, byte[] content) {
    return base64(
        content,
        "Content-Type: " + type,
        "Content-Disposition: attachment; filename*=UTF-8''" + Words.percent(name));
  }

  static Part inline(String contentId, String name, String type, byte[] content) {
    return base64(
        content,
        "Content-Type: " + type + "; name=\"" + name + '"',
        "Content-Disposition: inline; filename=\"" + name + '"',
        "Content-ID: <" + contentId + '>');
  }

  static Part message(byte[] eml) {
    return new Part(
        List.of("Content-Type: message/rfc822", "Content-Disposition: attachment"), eml);
  }

  /** A file in the cloud: the mail holds nothing but the link. */
  static Part reference(String name, String link) {
    return raw(
        link + "\r\n",
        "Content-Type: application/octet-stream; name=\"" + name + '"',
        "Content-Disposition: attachment; filename=\"" + name + '"',
        "X-Graph-Attachment: reference");
  }

  static Part base64(byte[] content, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Transfer-Encoding: base64");
    return new Part(all, Base64.getMimeEncoder().encode(content));
  }

  /** The same part; its headers tell of the attachments that it holds, for the simulator alone. */
  Part holding(Map<String, byte[]> files) {
    List<String> all = new ArrayList<>(headers);
    files.forEach(
        (name, content) ->
            all.add(
                "X-Graph-Contained: "
                    + content.length
                    + ' '
                    + sha256(content)
                    + ' '
                    + Words.percent(name)));
    return new Part(all, body);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static Part multipart(String subtype, Part... parts) {
    // A mail within a mail must not have the outer one's boundary.
    CRC32 content = new CRC32();
    for (Part part : parts) {
      content.update(part.body);
    }
    String boundary = "=_" + Long.toHexString(content.getValue()) + '_' + parts.length;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      body.writeBytes(bytes("--" + boundary + "\r\n"));
      part.headers.forEach(header -> body.writeBytes(bytes(header + "\r\n")));
      body.writeBytes(bytes("\r\n"));
      body.writeBytes(part.body);
      body.writeBytes(bytes("\r\n"));
    }
    body.writeBytes(bytes("--" + boundary + "--\r\n"));
    String type = "Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + '"';
    return new Part(List.of(type), body.toByteArray());
  }

  /** The whole mail with this part as its content. */
  byte[] eml(String... head) {
    ByteArrayOutputStream eml = new ByteArrayOutputStream();
    for (String header : head) {
      eml.writeBytes(bytes(header + "\r\n"));
    }
    eml.writeBytes(bytes("MIME-Version: 1.0\r\n"));
    headers.forEach(header -> eml.writeBytes(bytes(header + "\r\n")));
    eml.writeBytes(bytes("\r\n"));
    eml.writeBytes(body);
    eml.writeBytes(bytes("\r\n"));
    return eml.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
