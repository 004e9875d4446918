package io.emailmonitor.simulator.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Undoes a part's transfer encoding, taking broken ones as far as they go. */
final class TransferEncoding {

  private TransferEncoding() {}

  static byte[] decode(byte[] raw, @Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "base64" -> base64(raw);
      case "quoted-printable", "uuencode", "x-uuencode", "x-uue", "uue" -> byLibrary(raw, name);
      default -> raw;
    };
  }

  private static byte[] byLibrary(byte[] raw, String encoding) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    try (InputStream in = MimeUtility.decode(new ByteArrayInputStream(raw), encoding)) {
      in.transferTo(decoded);
    } catch (MessagingException | IOException e) {
      return decoded.size() > 0 ? decoded.toByteArray() : raw;
    }
    return decoded.toByteArray();
  }

  /** Skips what is no base64 and ends at the padding, where the JDK's decoders throw. */
  static byte[] base64(byte[] raw) {
    byte[] decoded = new byte[raw.length / 4 * 3 + 3];
    int length = 0;
    int bits = 0;
    int pending = 0;
    for (byte b : raw) {
      if (b == '=' && pending >= 2) {
        break;
      }
      int value = value(b);
      if (value < 0) {
        continue;
      }
      bits = bits << 6 | value;
      if (++pending == 4) {
        decoded[length++] = (byte) (bits >> 16);
        decoded[length++] = (byte) (bits >> 8);
        decoded[length++] = (byte) bits;
        pending = 0;
        bits = 0;
      }
    }
    if (pending >= 2) {
      decoded[length++] = (byte) (bits >> (pending == 2 ? 4 : 10));
    }
    if (pending == 3) {
      decoded[length++] = (byte) (bits >> 2);
    }
    return Arrays.copyOf(decoded, length);
  }

  private static int value(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return b == '+' ? 62 : b == '/' ? 63 : -1;
  }
}
