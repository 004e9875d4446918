package io.emailmonitor.simulator.mail;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Character sets by the names that mail uses for them. */
final class Charsets {

  private Charsets() {}

  static Charset named(@Nullable String name, Charset fallback) {
    if (name == null || name.isBlank()) {
      return fallback;
    }
    try {
      return Charset.forName(MimeUtility.javaCharset(name.strip()));
    } catch (IllegalArgumentException e) {
      return fallback;
    }
  }
}
