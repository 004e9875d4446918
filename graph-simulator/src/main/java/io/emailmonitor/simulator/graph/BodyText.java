package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.mail.Mail;
import java.util.regex.Pattern;

/** A mail's body as HTML, as text and in short. */
final class BodyText {

  private static final int PREVIEW = 255;
  private static final Pattern SCRIPT =
      Pattern.compile("<script\\b.*?(</script\\s*>|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "<(script|style|head)\\b.*?(</\\1\\s*>|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern BREAK =
      Pattern.compile("<br\\s*/?>|</p\\s*>|</div\\s*>|</tr\\s*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private BodyText() {}

  static String html(String html, boolean unsafe) {
    return unsafe ? html : SCRIPT.matcher(html).replaceAll("");
  }

  static String text(Mail mail) {
    String text = mail.text();
    String html = mail.html();
    if (text != null) {
      return text;
    }
    return html == null ? "" : withoutTags(html);
  }

  static String preview(Mail mail) {
    String line = text(mail).replaceAll("[\\s\\u0000-\\u001f]+", " ").strip();
    return line.length() <= PREVIEW ? line : line.substring(0, PREVIEW);
  }

  private static String withoutTags(String html) {
    String lines = BREAK.matcher(INVISIBLE.matcher(html).replaceAll("")).replaceAll("\r\n");
    return TAG.matcher(lines)
        .replaceAll("")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .strip();
  }
}
