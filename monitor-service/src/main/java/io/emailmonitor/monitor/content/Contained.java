package io.emailmonitor.monitor.content;

import io.emailmonitor.monitor.mailbox.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * An attachment within another.
 *
 * @param attachment its id is that of the outermost one and a path: {@code <id>~2.1} is the first
 *     attachment of the second; its size is exact
 * @param opened whether what it holds is listed, too
 * @param obstacle why it was to be looked into and was not
 */
public record Contained(
    Attachment attachment, Detected detected, boolean opened, @Nullable Obstacle obstacle) {

  /** Stands between an attachment's id and the path of what it holds; no id of Graph has it. */
  public static final String SEPARATOR = "~";

  /** Whether an id is that of something that the other holds. */
  public static boolean isWithin(String id, String outer) {
    return id.startsWith(outer + (outer.contains(SEPARATOR) ? "." : SEPARATOR));
  }

  /** How many attachments lie around it. */
  int level() {
    String id = attachment.id();
    return 1 + (int) id.substring(id.lastIndexOf(SEPARATOR)).chars().filter(c -> c == '.').count();
  }
}
