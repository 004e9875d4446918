package io.emailmonitor.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a task says about one attachment of one message, without the attachment's content.
 *
 * @param taskId identifies the task, see {@link TaskId}
 * @param emailId the message's immutable id
 * @param emailSubject the subject, empty when the message has none
 * @param emailSender the sender's display name, empty when unknown
 * @param emailSenderEmail the sender's address, empty when unknown
 * @param emailReceivedDate when the message arrived
 * @param attachmentId the attachment's id
 * @param attachmentFilename the name that the sender gave: data, not a safe file name
 * @param attachmentMimeType the type that the sender declared
 * @param attachmentSize the content's size in bytes, as decoded
 * @param createdAt when the task was made
 * @param emailContent the message's body as text
 * @param extras what newer writers add
 */
public record AttachmentTask(
    String taskId,
    String emailId,
    String emailSubject,
    String emailSender,
    String emailSenderEmail,
    Instant emailReceivedDate,
    String attachmentId,
    String attachmentFilename,
    String attachmentMimeType,
    int attachmentSize,
    Instant createdAt,
    String emailContent,
    Extras extras) {

  /**
   * The optional fields: absent from tasks of other producers.
   *
   * @param mailbox the address of the mailbox that received the message
   * @param attachmentSha256 SHA-256 of the content, lower-case hex
   * @param attachmentDetectedMimeType the type that the content itself shows
   */
  public record Extras(
      @Nullable Integer schemaVersion,
      @Nullable String mailbox,
      @Nullable String attachmentSha256,
      @Nullable String attachmentDetectedMimeType) {

    /** The version of the JSON Schema that this library writes. */
    public static final int SCHEMA_VERSION = 1;

    /** No extra field at all, as older and foreign producers write it. */
    public static final Extras NONE = new Extras(null, null, null, null);

    /** What this version of the library writes; the hash is added when the content is encoded. */
    public static Extras of(String mailbox, @Nullable String detectedMimeType) {
      return new Extras(SCHEMA_VERSION, mailbox, null, detectedMimeType);
    }
  }

  /** The same task with what is known once its content has been read. */
  AttachmentTask withContent(int size, String sha256) {
    Extras known =
        new Extras(
            extras.schemaVersion(), extras.mailbox(), sha256, extras.attachmentDetectedMimeType());
    return new AttachmentTask(
        taskId,
        emailId,
        emailSubject,
        emailSender,
        emailSenderEmail,
        emailReceivedDate,
        attachmentId,
        attachmentFilename,
        attachmentMimeType,
        size,
        createdAt,
        emailContent,
        known);
  }
}
