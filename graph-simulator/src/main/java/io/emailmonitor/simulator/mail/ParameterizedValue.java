package io.emailmonitor.simulator.mail;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header such as {@code attachment; filename="a.pdf"}, read with the continuations and character
 * sets of RFC 2231 and with the encoded words that the RFC forbids there and senders use anyway.
 * The mail library's own reader gives up on the first mistake.
 */
record ParameterizedValue(String value, Map<String, String> parameters) {

  private static final Pattern PARAMETER = Pattern.compile(";\\s*+([^\\s=;\"]++)\\s*+=\\s*+");
  private static final Pattern SECTION = Pattern.compile("([^*]+)(?:\\*(\\d{1,4}))?(\\*)?");

  static ParameterizedValue parse(String header) {
    String text = header.replaceAll("\\r?\\n", "");
    int end = text.indexOf(';');
    String value = PartHead.lower(end < 0 ? text : text.substring(0, end));
    Map<String, String> plain = new HashMap<>();
    Map<String, TreeMap<Integer, String>> sections = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    for (int at = 0; matcher.find(at); ) {
      int from = matcher.end();
      boolean quoted = text.startsWith("\"", from);
      at = quoted ? endOfQuoted(text, from + 1) : endOf(text, from);
      String raw =
          quoted
              ? text.substring(from + 1, at).replaceAll("\\\\(.)", "$1")
              : text.substring(from, at).strip();
      Matcher section = SECTION.matcher(PartHead.lower(matcher.group(1)));
      if (!section.matches()) {
        continue;
      }
      if (section.group(2) == null && section.group(3) == null) {
        plain.putIfAbsent(section.group(1), HeaderText.decode(raw));
      } else {
        int number = section.group(2) == null ? 0 : Integer.parseInt(section.group(2));
        // the mark keeps apart what is percent-encoded from what only looks so
        String marked = (section.group(3) == null ? "p" : "e") + raw;
        sections.computeIfAbsent(section.group(1), key -> new TreeMap<>()).put(number, marked);
      }
    }
    sections.forEach((name, parts) -> plain.put(name, join(parts)));
    return new ParameterizedValue(value, Map.copyOf(plain));
  }

  private static int endOf(String text, int from) {
    int semicolon = text.indexOf(';', from);
    return semicolon < 0 ? text.length() : semicolon;
  }

  /** A regular expression would need a frame of the stack for each character. */
  private static int endOfQuoted(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        return i;
      }
      if (text.charAt(i) == '\\') {
        i++;
      }
    }
    return text.length();
  }

  private static String join(TreeMap<Integer, String> parts) {
    Charset charset = StandardCharsets.UTF_8;
    StringBuilder encoded = new StringBuilder();
    boolean first = true;
    for (String marked : parts.values()) {
      String part = marked.substring(1);
      if (marked.charAt(0) == 'p') {
        part = percentEncode(HeaderText.utf8(part));
      } else if (first && part.chars().filter(c -> c == '\'').count() >= 2) {
        int quote = part.indexOf('\'');
        charset = Charsets.named(part.substring(0, quote), StandardCharsets.UTF_8);
        part = part.substring(part.indexOf('\'', quote + 1) + 1);
      }
      encoded.append(part);
      first = false;
    }
    return percentDecode(encoded.toString(), charset);
  }

  private static String percentEncode(String text) {
    return text.replace("%", "%25");
  }

  private static String percentDecode(String text, Charset charset) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), charset);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
