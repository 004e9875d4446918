package io.emailmonitor.simulator.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** How text that is not plain ASCII gets into headers. */
final class Words {

  private static final int LONGEST = 45;

  private Words() {}

  /** Encoded words, split between characters and folded. */
  static String encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder chunk = new StringBuilder();
    for (int character : text.codePoints().toArray()) {
      String next = Character.toString(character);
      if (utf8(chunk + next).length > LONGEST) {
        words.add(word(chunk.toString()));
        chunk.setLength(0);
      }
      chunk.append(next);
    }
    words.add(word(chunk.toString()));
    return String.join("\r\n ", words);
  }

  /** Every byte but letters and digits as {@code %xx}. */
  static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : utf8(text)) {
      boolean plain = b == '.' || (b > 0 && Character.isLetterOrDigit(b));
      encoded.append(plain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b));
    }
    return encoded.toString();
  }

  private static String word(String text) {
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(utf8(text)) + "?=";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
