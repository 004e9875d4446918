package io.emailmonitor.simulator.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes that never change, and their hash. Safe for any number of threads. */
public final class Content {

  private static final int UNKNOWN = -1;

  private final Supplier<byte[]> source;
  private final int size;
  private volatile @Nullable String sha256;

  private Content(Supplier<byte[]> source, int size) {
    this.source = source;
    this.size = size;
  }

  /** Takes the array as it is: whoever made it must not write to it any more. */
  public static Content of(byte[] bytes) {
    return new Content(() -> bytes, bytes.length);
  }

  /** Bytes that are made each time they are asked for; the same each time. */
  public static Content made(int size, Supplier<byte[]> source) {
    return new Content(source, size);
  }

  /** The same without knowing beforehand how many they are. */
  public static Content made(Supplier<byte[]> source) {
    return new Content(source, UNKNOWN);
  }

  /** Bytes of which only this is known; asking for them is a mistake. */
  static Content told(int size, String sha256) {
    Content content =
        new Content(
            () -> {
              throw new IllegalStateException("only size and hash of this content are known");
            },
            size);
    content.sha256 = sha256;
    return content;
  }

  /** The bytes themselves, not a copy: large mail is served from them. Read only. */
  public byte[] bytes() {
    return source.get();
  }

  public int size() {
    return size == UNKNOWN ? bytes().length : size;
  }

  /** Lower-case hexadecimal. */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = sha256(bytes());
      sha256 = known;
    }
    return known;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
