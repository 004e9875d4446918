package io.emailmonitor.monitor.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short keys for ids of any length. */
final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  static String ofMessage(String mailbox, String messageId) {
    return of(mailbox + '\0' + messageId);
  }

  static String of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of a Message-ID header, which people copy with or without its angle brackets. */
  static String ofHeader(String internetMessageId) {
    String id = internetMessageId.strip();
    boolean bracketed = id.startsWith("<") && id.endsWith(">");
    return of(bracketed ? id.substring(1, id.length() - 1) : id);
  }
}
