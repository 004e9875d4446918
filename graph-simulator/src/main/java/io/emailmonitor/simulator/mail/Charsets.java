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
      // "-i" and "-e" say in which direction the text runs, which is the reader's matter
      String plain = name.strip().replaceFirst("(?i)^(iso-8859-[68])-[ie]$", "$1");
      return Charset.forName(MimeUtility.javaCharset(plain));
    } catch (IllegalArgumentException e) {
      return fallback;
    }
  }
}
