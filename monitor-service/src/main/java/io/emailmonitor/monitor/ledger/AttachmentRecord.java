package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attachment and what became of it.
 *
 * @param size real bytes when it was fetched, else as listed
 * @param reason a short code, such as {@code type-not-wanted}: for SKIPPED and FAILED, and for what
 *     was handed on though it should have been unpacked
 * @param detail the reason in words
 * @param taskId set when it was handed on
 * @param sha256 of the content, lower-case hex, when it was fetched
 * @param storedAt where it lies, relative to the attachments directory, when it was stored
 * @param waitedFrom since when it lay in storage for the queue to come back; it still does as long
 *     as its outcome is {@link Outcome#STORED}
 * @param result what a worker said became of its task; null as long as none did
 * @param mismatch what contradicts its content: {@code name}, {@code declared} or {@code both}
 * @param contained how many attachments it holds, at all depths; null when nobody looked into it
 * @param removedAt when its file was removed from storage because of its age
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
    @Nullable Instant waitedFrom,
    @Nullable TaskResult result,
    @Nullable String mismatch,
    @Nullable Integer contained,
    @Nullable Instant removedAt) {

  /** Whether it is stored until the queue is back. */
  public boolean isWaiting() {
    return outcome == Outcome.STORED && waitedFrom != null;
  }
}
