package io.emailmonitor.simulator.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names that Exchange gives to attachments that come without one. */
final class AttachmentNames {

  private AttachmentNames() {}

  /** An attached mail is shown by its subject, whatever its file is called. */
  static String ofItem(@Nullable String subject, @Nullable String given) {
    if (subject != null && !subject.isBlank()) {
      return subject;
    }
    return given == null || given.isBlank() ? "Untitled" : given;
  }

  /**
   * @param number counted from 1
   */
  static String ofFile(@Nullable String given, String contentType, int number) {
    return given == null || given.isBlank()
        ? String.format(Locale.ROOT, "ATT%05d%s", number, extension(contentType))
        : given;
  }

  private static String extension(String contentType) {
    return switch (contentType) {
      case "text/plain" -> ".txt";
      case "text/html" -> ".htm";
      case "text/calendar" -> ".ics";
      case "image/png" -> ".png";
      case "image/gif" -> ".gif";
      case "image/jpeg" -> ".jpg";
      default -> ".bin";
    };
  }
}
