package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.TaskResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message as the answers show it. */
record MailView(
    String messageId,
    @Nullable String internetMessageId,
    String mailbox,
    String folder,
    String subject,
    String sender,
    String senderEmail,
    Instant receivedAt,
    String state,
    Instant firstSeenAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String problem,
    @Nullable String note,
    List<AttachmentView> attachments) {

  static MailView of(MailRecord mail) {
    return new MailView(
        mail.mail().id(),
        mail.mail().internetMessageId(),
        mail.mailbox(),
        mail.folder(),
        mail.mail().subject(),
        mail.mail().senderName(),
        mail.mail().senderAddress(),
        mail.mail().receivedAt(),
        lowerCase(mail.state()),
        mail.firstSeenAt(),
        mail.attempts(),
        mail.nextAttemptAt(),
        mail.problem(),
        mail.note(),
        mail.attachments().stream().map(AttachmentView::of).toList());
  }

  /** An attachment and what became of it. */
  record AttachmentView(
      String attachmentId,
      String filename,
      String kind,
      @Nullable String mimeType,
      @Nullable String detectedMimeType,
      @Nullable String typeMismatch,
      long size,
      boolean inline,
      String outcome,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable String taskId,
      @Nullable String sha256,
      @Nullable String storedAt,
      @Nullable Instant removedAt,
      @Nullable Integer contained,
      Instant recordedAt,
      @Nullable Instant waitedFrom,
      @Nullable ProcessingView processing) {

    static AttachmentView of(AttachmentRecord attachment) {
      return new AttachmentView(
          attachment.attachmentId(),
          attachment.name(),
          lowerCase(attachment.kind()),
          attachment.contentType(),
          attachment.detectedType(),
          attachment.mismatch(),
          attachment.size(),
          attachment.inline(),
          lowerCase(attachment.outcome()),
          attachment.reason(),
          attachment.detail(),
          attachment.taskId(),
          attachment.sha256(),
          attachment.storedAt(),
          attachment.removedAt(),
          attachment.contained(),
          attachment.recordedAt(),
          attachment.waitedFrom(),
          ProcessingView.of(attachment.result()));
    }
  }

  /** What a worker said became of the attachment's task. */
  record ProcessingView(
      String outcome,
      int attempt,
      @Nullable String worker,
      @Nullable Long durationMs,
      @Nullable String reason,
      Instant at) {

    static @Nullable ProcessingView of(@Nullable TaskResult result) {
      return result == null
          ? null
          : new ProcessingView(
              result.outcome(),
              result.attempt(),
              result.worker(),
              result.duration() == null ? null : result.duration().toMillis(),
              result.reason(),
              result.at());
    }
  }

  static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
