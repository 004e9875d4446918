package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows the receiver of a request that it comes from somebody who knows the secret, and when it was
 * made. docs/handlers.md tells how to check it. Thread-safe.
 */
final class Signature {
  static final String HEADER = "X-Email-Monitor-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Signature(String secret) {
    key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
  }

  /** The header's value: {@code t=<seconds>,v1=<HMAC of "<seconds>.<SHA-256 of the body>">}. */
  String of(long epochSecond, String bodySha256) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] digest = mac.doFinal((epochSecond + "." + bodySha256).getBytes(UTF_8));
      return "t=" + epochSecond + ",v1=" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
