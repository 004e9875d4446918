package io.emailmonitor.monitor.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * An attachment as listed, without its content.
 *
 * @param id stable as long as the message's immutable id is
 * @param name as the sender gave it: data, not a safe file name; empty when there is none
 * @param contentType as declared, may be absent or untrue
 * @param size about the size: the mail system counts its own overhead too
 * @param inline shown in the body rather than attached
 */
public record Attachment(
    String id, Kind kind, String name, @Nullable String contentType, long size, boolean inline) {

  /** What is attached. */
  public enum Kind {
    /** Bytes. */
    FILE,
    /** Another message, an event or a contact: fetched as MIME, named {@code <subject>.eml}. */
    ITEM,
    /** A link to a file that is stored elsewhere: has no content to fetch. */
    REFERENCE
  }
}
