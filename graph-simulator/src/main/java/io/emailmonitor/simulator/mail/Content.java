package io.emailmonitor.simulator.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that never change, and their hash. Safe for any number of threads. */
public final class Content {

  private final byte[] bytes;
  private final String sha256;

  /** Takes the array as it is: whoever made it must not write to it any more. */
  public Content(byte[] bytes) {
    this.bytes = bytes;
    this.sha256 = sha256(bytes);
  }

  /** The bytes themselves, not a copy: large mail is served from them. Read only. */
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return bytes.length;
  }

  /** Lower-case hexadecimal. */
  public String sha256() {
    return sha256;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
