package io.emailmonitor.simulator.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attachment as the mail gives it.
 *
 * @param name decoded but otherwise as the sender wrote it, so it may hold anything; null when none
 *     was given
 * @param shownName the name under which Exchange shows it; never empty, and no safer than the other
 * @param contentType lower case, without parameters
 * @param contentId without its angle brackets
 * @param content after transfer decoding; for {@link Kind#ITEM} the whole inner mail
 * @param link where the file of a {@link Kind#REFERENCE} lies
 * @param within the attachments that it holds, as far as they are known
 */
public record MailAttachment(
    Kind kind,
    @Nullable String name,
    String shownName,
    String contentType,
    boolean inline,
    @Nullable String contentId,
    Content content,
    @Nullable String link,
    List<MailAttachment> within) {

  public MailAttachment {
    within = List.copyOf(within);
  }

  /** One that holds no others. */
  public MailAttachment(
      Kind kind,
      @Nullable String name,
      String shownName,
      String contentType,
      boolean inline,
      @Nullable String contentId,
      Content content,
      @Nullable String link) {
    this(kind, name, shownName, contentType, inline, contentId, content, link, List.of());
  }

  /** A file, or a message when that is its type. Its content must not be written to any more. */
  public static MailAttachment of(String name, String contentType, byte[] content) {
    boolean message = contentType.equalsIgnoreCase("message/rfc822");
    return new MailAttachment(
        message ? Kind.ITEM : Kind.FILE,
        name,
        name,
        contentType,
        false,
        null,
        Content.of(content),
        null);
  }

  /** The three kinds that Graph knows. */
  public enum Kind {
    FILE,
    ITEM,
    REFERENCE
  }
}
