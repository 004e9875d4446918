package io.emailmonitor.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mail for tests. */
final class Mails {

  private Mails() {}

  static byte[] plain(String subject) {
    return eml(
        "Subject: " + subject + "\r\nFrom: Ann <ann@partner.example>\r\n\r\nHello " + subject);
  }

  /** With one attached file. */
  static byte[] withFile(String subject, String name, byte[] content) {
    return eml(
        "Subject: "
            + subject
            + "\r\nFrom: Ann <ann@partner.example>\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n"
            + "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            + "Content-Disposition: attachment; filename=\""
            + name
            + "\"\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\r\n--b--\r\n");
  }

  static byte[] eml(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
