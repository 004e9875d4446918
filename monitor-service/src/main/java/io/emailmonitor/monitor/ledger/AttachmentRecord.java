package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attachment and what became of it.
 *
 * @param size real bytes when it was fetched, else as listed
 * @param reason a short code for SKIPPED and FAILED, such as {@code type-not-wanted}
 * @param detail the reason in words
 * @param taskId set when it was handed on
 * @param sha256 of the content, lower-case hex, when it was fetched
 * @param storedAt where it lies, relative to the attachments directory, when it was stored
 * @param result what a worker said became of its task; null as long as none did
 */
public record AttachmentRecord(
    String attachmentId,
    String name,
    Attachment.Kind kind,
    @Nullable String contentType,
    @Nullable String detectedType,
    long size,
    boolean inline,
    Outcome outcome,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String taskId,
    @Nullable String sha256,
    @Nullable String storedAt,
    Instant recordedAt,
    @Nullable TaskResult result) {

  /** One that no worker has had yet. */
  public AttachmentRecord(
      String attachmentId,
      String name,
      Attachment.Kind kind,
      @Nullable String contentType,
      @Nullable String detectedType,
      long size,
      boolean inline,
      Outcome outcome,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable String taskId,
      @Nullable String sha256,
      @Nullable String storedAt,
      Instant recordedAt) {
    this(
        attachmentId,
        name,
        kind,
        contentType,
        detectedType,
        size,
        inline,
        outcome,
        reason,
        detail,
        taskId,
        sha256,
        storedAt,
        recordedAt,
        null);
  }
}
