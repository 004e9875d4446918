package io.emailmonitor.simulator.mail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what stands in a header into the text that a reader sees. */
final class HeaderText {

  private static final Pattern FOLD = Pattern.compile("\\r?\\n(?=[ \\t])|\\r|\\n");
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?\\s*]+)(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?]*)\\?=");

  private HeaderText() {}

  /** Words in a row are decoded as one: senders split even single characters between them. */
  static String decode(String raw) {
    String line = utf8(FOLD.matcher(raw).replaceAll(""));
    Matcher word = WORD.matcher(line);
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    String charset = "";
    int end = 0;
    while (word.find()) {
      String between = line.substring(end, word.start());
      boolean goesOn = run.size() > 0 && between.isBlank();
      if (!goesOn || !charset.equals(lower(word.group(1)))) {
        text.append(flush(run, charset)).append(goesOn ? "" : between);
      }
      charset = lower(word.group(1));
      run.writeBytes(bytesOf(word));
      end = word.end();
    }
    return text.append(flush(run, charset)).append(line.substring(end)).toString().strip();
  }

  private static byte[] bytesOf(Matcher word) {
    byte[] encoded = word.group(3).getBytes(StandardCharsets.ISO_8859_1);
    if (word.group(2).equalsIgnoreCase("b")) {
      return TransferEncoding.base64(encoded);
    }
    return TransferEncoding.decode(
        word.group(3).replace("_", "=20").getBytes(StandardCharsets.ISO_8859_1),
        "quoted-printable");
  }

  private static String flush(ByteArrayOutputStream run, String charset) {
    String text = run.toString(Charsets.named(charset, StandardCharsets.UTF_8));
    run.reset();
    return text;
  }

  private static String lower(String charset) {
    return charset.toLowerCase(Locale.ROOT);
  }

  /** Headers are read byte for byte; senders that write 8-bit ones nearly always mean UTF-8. */
  static String utf8(String latin1) {
    if (latin1.chars().noneMatch(c -> c > 0x7f) || latin1.chars().anyMatch(c -> c > 0xff)) {
      return latin1;
    }
    try {
      Charset bytewise = StandardCharsets.ISO_8859_1;
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(latin1.getBytes(bytewise)))
          .toString();
    } catch (CharacterCodingException e) {
      return latin1;
    }
  }
}
