package io.emailmonitor.monitor.ledger;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for the ledger's tests. */
final class Records {
  static final Mailbox BOX = new Mailbox("inbox@contoso.example");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private Records() {}

  static MailRecord done(String id, AttachmentRecord... attachments) {
    return mail(BOX, id, MailRecord.State.DONE, null, attachments);
  }

  static MailRecord retrying(String id, Instant next, AttachmentRecord... attachments) {
    return mail(BOX, id, MailRecord.State.RETRYING, next, attachments);
  }

  static MailRecord mail(
      Mailbox box,
      String id,
      MailRecord.State state,
      @Nullable Instant next,
      AttachmentRecord... attachments) {
    Instant received = NOW.minus(Duration.ofMinutes(1));
    Mail mail =
        new Mail(id, "<" + id + "@mail>", "Subject", "Ann", "ann@partner.example", received);
    return new MailRecord(
        box.address(), "inbox", mail, state, NOW, 1, next, null, List.of(attachments));
  }

  static AttachmentRecord enqueued(String mailId, String id) {
    return handedOn(mailId, id, Outcome.ENQUEUED).build();
  }

  static SampleAttachment handedOn(String mailId, String id, Outcome outcome) {
    return SampleAttachment.of(id, outcome)
        .typed("application/pdf", "application/pdf")
        .asTask(TaskId.of(BOX.address(), mailId, id))
        .withHash("ab".repeat(32));
  }

  static AttachmentRecord left(String id, Outcome outcome, Reason reason) {
    return SampleAttachment.of(id, outcome)
        .named(id + ".exe")
        .ofKind(Attachment.Kind.FILE, true)
        .because(reason.code(), "because")
        .build();
  }
}
