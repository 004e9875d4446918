package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.monitor.content.Detected;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the records of what became of attachments. */
final class Outcomes {
  private Outcomes() {}

  /** Of an attachment that was not handed on. */
  static AttachmentRecord without(
      Attachment attachment, Outcome outcome, Reason reason, String detail, Instant now) {
    return without(attachment, outcome, Detected.NOTHING, reason, detail, null, now);
  }

  /** Of an attachment that was not handed on after a look at its content. */
  static AttachmentRecord without(
      Attachment attachment,
      Outcome outcome,
      Detected detected,
      Reason reason,
      String detail,
      @Nullable Integer contained,
      Instant now) {
    return new AttachmentRecord(
        attachment.id(),
        attachment.name(),
        attachment.kind(),
        attachment.contentType(),
        detected.type(),
        attachment.size(),
        attachment.inline(),
        outcome,
        reason.code(),
        detail,
        null,
        null,
        null,
        now,
        null,
        null,
        mismatch(detected),
        contained,
        null);
  }

  static AttachmentRecord refused(Finding.Fetched fetched, Receipt.Refused receipt, Instant now) {
    return without(fetched.attachment(), Outcome.FAILED, receipt.reason(), receipt.why(), now);
  }

  static AttachmentRecord delivered(
      Finding.Fetched fetched, Receipt.Delivered receipt, Instant now) {
    return handedOn(fetched, receipt.outcome(), receipt.storedAt(), now, null);
  }

  static AttachmentRecord waiting(Finding.Fetched fetched, Receipt.Waiting receipt, Instant now) {
    return handedOn(fetched, Outcome.STORED, receipt.storedAt(), now, now);
  }

  private static AttachmentRecord handedOn(
      Finding.Fetched fetched,
      Outcome outcome,
      @Nullable String storedAt,
      Instant now,
      @Nullable Instant waitedFrom) {
    Attachment attachment = fetched.attachment();
    AttachmentTask task = fetched.task().task();
    Finding.Remark remark = fetched.remark();
    return new AttachmentRecord(
        attachment.id(),
        attachment.name(),
        attachment.kind(),
        attachment.contentType(),
        fetched.detected().type(),
        task.attachmentSize(),
        attachment.inline(),
        outcome,
        remark.reason() == null ? null : remark.reason().code(),
        remark.detail(),
        task.taskId(),
        task.extras().attachmentSha256(),
        storedAt,
        now,
        waitedFrom,
        null,
        mismatch(fetched.detected()),
        remark.contained(),
        null);
  }

  private static @Nullable String mismatch(Detected detected) {
    Detected.Mismatch mismatch = detected.mismatch();
    return mismatch == null ? null : mismatch.name().toLowerCase(Locale.ROOT);
  }
}
