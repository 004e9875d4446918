package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.util.Locale;
import java.util.Set;

/** The end of an attachment's name, which says what the sender takes it for. */
final class FileEnding {
  private static final String MESSAGE = ".eml";

  private FileEnding() {}

  /** Compares without regard to case; an attached message counts as a file of that type. */
  static boolean isOneOf(Set<String> endings, Attachment attachment) {
    String name = name(attachment);
    return endings.stream().anyMatch(name::endsWith);
  }

  /** The name's ending for people to read, empty if it has none. */
  static String of(Attachment attachment) {
    String name = name(attachment);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private static String name(Attachment attachment) {
    return attachment.kind() == Attachment.Kind.ITEM
        ? MESSAGE
        : visible(attachment.name()).toLowerCase(Locale.ROOT);
  }

  /** Cuts off what nobody sees at the end of a name: spaces, control and format characters. */
  private static String visible(String name) {
    int end = name.length();
    while (end > 0 && isInvisible(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean isInvisible(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
