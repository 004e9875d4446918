package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Makes a file name that any file system takes from a name that came with a mail, which is data and
 * may be anything.
 */
public final class SafeFileName {
  /** The longest name made, in bytes of UTF-8: leaves room for suffixes under the usual 255. */
  public static final int MAX_BYTES = 150;

  /** What looks like an extension but is longer is cut like any other text, in bytes of UTF-8. */
  private static final int MAX_EXTENSION_BYTES = 20;

  private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");
  private static final String NAMELESS = "attachment";
  private static final String REPLACEMENT = "_";

  /** Windows opens a device under these names, whatever extension follows. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|CLOCK\\$|(?:COM|LPT)[0-9¹²³]) *(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  private SafeFileName() {}

  /**
   * Returns a name of one path segment: in NFC, without separators, control or direction-changing
   * characters and what Windows forbids, not a device's name, not beginning or ending in a dot or
   * space, at most {@link #MAX_BYTES} long with its extension kept, and never empty. The same name
   * always gives the same result, and a safe name stays as it is.
   */
  public static String of(String given) {
    String name = trim(Normalizer.normalize(joinSegments(clean(given)), Normalizer.Form.NFC));
    if (DEVICE.matcher(name).matches()) {
      name = REPLACEMENT + name;
    }
    name = shorten(name);
    return name.isEmpty() ? NAMELESS : name;
  }

  /**
   * As {@link #of}, with underscores for what this machine's file system cannot write: without a
   * UTF-8 locale, as in many containers, Java writes ASCII names only.
   */
  public static String writable(String given) {
    String name = of(given);
    try {
      return Path.of(name).toString();
    } catch (InvalidPathException e) {
      return asciiOnly(name);
    }
  }

  static String asciiOnly(String name) {
    return NOT_ASCII.matcher(name).replaceAll(REPLACEMENT);
  }

  /** Leaves the separators of both worlds standing as {@code /}, for the next step. */
  private static String clean(String given) {
    StringBuilder clean = new StringBuilder(given.length());
    given
        .codePoints()
        .forEach(
            c -> {
              if (c == '/' || c == '\\') {
                clean.append('/');
              } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                clean.append(' ');
              } else if (isForbidden(c)) {
                clean.append(REPLACEMENT);
              } else if (Character.getType(c) != Character.FORMAT) {
                // Format characters are invisible and can turn the direction of what follows, so
                // that "exe.pdf" is shown for "fdp.exe": they go without a trace.
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || "<>:\"|?*".indexOf(c) >= 0;
  }

  /** Keeps what a slash parted ("offer 3/2026.pdf"), but nothing that climbs. */
  private static String joinSegments(String path) {
    StringBuilder joined = new StringBuilder(path.length());
    for (String segment : path.split("/", -1)) {
      if (!trim(segment).isEmpty()) {
        joined.append(joined.isEmpty() ? "" : REPLACEMENT).append(segment);
      }
    }
    return joined.toString();
  }

  private static String trim(String name) {
    int start = 0;
    int end = name.length();
    while (start < end && isDotOrSpace(name.charAt(start))) {
      start++;
    }
    while (end > start && isDotOrSpace(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(start, end);
  }

  private static boolean isDotOrSpace(char c) {
    return c == '.' || c == ' ';
  }

  private static String shorten(String name) {
    if (bytes(name) <= MAX_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot);
    if (bytes(extension) > MAX_EXTENSION_BYTES) {
      extension = "";
    }
    String stem = name.substring(0, name.length() - extension.length());
    return trim(cut(stem, MAX_BYTES - bytes(extension)) + extension);
  }

  private static String cut(String text, int maxBytes) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (used > maxBytes) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
