package io.emailmonitor.monitor.mailbox;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What texts have in common that people take for the same: without regard to case, to the way in
 * which Unicode writes a character, to what nobody sees, and to how wide a gap is.
 */
public final class Likeness {
  private Likeness() {}

  /** Two texts are alike when this is equal. */
  public static String of(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    // Both ways, since some letters have no capital of their own.
    String folded = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    StringBuilder seen = new StringBuilder(folded.length());
    folded.codePoints().forEach(c -> append(seen, c));
    int end = seen.length();
    if (end > 0 && seen.charAt(end - 1) == ' ') {
      seen.setLength(end - 1);
    }
    return Normalizer.normalize(seen, Normalizer.Form.NFC);
  }

  private static void append(StringBuilder seen, int c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      if (seen.length() > 0 && seen.charAt(seen.length() - 1) != ' ') {
        seen.append(' ');
      }
    } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
      seen.appendCodePoint(c);
    }
  }
}
