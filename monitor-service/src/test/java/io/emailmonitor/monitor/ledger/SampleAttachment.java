package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the record of an attachment of which only that is told what a test is about. */
public final class SampleAttachment {
  private final String id;
  private String name;
  private final Outcome outcome;
  private Attachment.Kind kind = Attachment.Kind.FILE;
  private @Nullable String contentType;
  private @Nullable String detectedType;
  private long size = 5;
  private boolean inline;
  private @Nullable String reason;
  private @Nullable String detail;
  private @Nullable String taskId;
  private @Nullable String sha256;
  private @Nullable String storedAt;
  private Instant recordedAt = Records.NOW;
  private @Nullable Instant waitedFrom;
  private @Nullable TaskResult result;

  private SampleAttachment(String id, Outcome outcome) {
    this.id = id;
    this.name = id + ".pdf";
    this.outcome = outcome;
  }

  /** A small PDF that is named after its id. */
  public static SampleAttachment of(String id, Outcome outcome) {
    return new SampleAttachment(id, outcome);
  }

  public SampleAttachment named(String name) {
    this.name = name;
    return this;
  }

  SampleAttachment ofKind(Attachment.Kind kind, boolean inline) {
    this.kind = kind;
    this.inline = inline;
    return this;
  }

  /** What it is said to be, and what it is. */
  public SampleAttachment typed(@Nullable String contentType, @Nullable String detectedType) {
    this.contentType = contentType;
    this.detectedType = detectedType;
    return this;
  }

  public SampleAttachment sized(long size) {
    this.size = size;
    return this;
  }

  public SampleAttachment because(@Nullable String reason, @Nullable String detail) {
    this.reason = reason;
    this.detail = detail;
    return this;
  }

  public SampleAttachment asTask(@Nullable String taskId) {
    this.taskId = taskId;
    return this;
  }

  SampleAttachment withHash(String sha256) {
    this.sha256 = sha256;
    return this;
  }

  public SampleAttachment storedAt(@Nullable String path) {
    this.storedAt = path;
    return this;
  }

  public SampleAttachment recordedAt(Instant time) {
    this.recordedAt = time;
    return this;
  }

  public SampleAttachment waitingFrom(@Nullable Instant time) {
    this.waitedFrom = time;
    return this;
  }

  public SampleAttachment processed(@Nullable TaskResult result) {
    this.result = result;
    return this;
  }

  public AttachmentRecord build() {
    return new AttachmentRecord(
        id,
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
        waitedFrom,
        result,
        null,
        null,
        null);
  }
}
