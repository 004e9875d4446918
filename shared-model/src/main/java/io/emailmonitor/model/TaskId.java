package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Derives a task's id from what it is about, so that handing an attachment over twice makes the
 * same id.
 */
public final class TaskId {
  private static final int MAILBOX_HEX = 12;
  private static final int MESSAGE_HEX = 20;
  private static final int ATTACHMENT_HEX = 32;

  private static final Pattern FORM =
      Pattern.compile(
          "[0-9a-f]{%d}_[0-9a-f]{%d}_[0-9a-f]{%d}"
              .formatted(MAILBOX_HEX, MESSAGE_HEX, ATTACHMENT_HEX));

  private TaskId() {}

  /** Whether a text looks like an id made here; ids of foreign producers are of any kind. */
  public static boolean isOurs(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Returns {@code <mailbox>_<message>_<attachment>} in lower-case hex: 12, 20 and 32 digits of
   * SHA-256. The first part tells mailboxes apart, the first two messages; the last depends on all
   * three arguments and is unique by itself.
   *
   * @param mailbox the mailbox's address, in any case
   * @param messageId the immutable message id, case-sensitive
   * @param attachmentId the attachment's id under immutable ids, case-sensitive
   */
  public static String of(String mailbox, String messageId, String attachmentId) {
    String box = mailbox.toLowerCase(Locale.ROOT);
    String message = box + '\0' + messageId;
    String attachment = message + '\0' + attachmentId;
    return hex(box, MAILBOX_HEX)
        + '_'
        + hex(message, MESSAGE_HEX)
        + '_'
        + hex(attachment, ATTACHMENT_HEX);
  }

  private static String hex(String text, int digits) {
    byte[] digest = sha256().digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest, 0, digits / 2);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
