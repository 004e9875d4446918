package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an attachment's content straight into its task, within the byte budget. Safe for use by
 * several threads.
 */
final class AttachmentFetch {
  /** Room for a task's fields other than the texts that a mail can make long. */
  private static final int FIELDS = 2 * 1024;

  /** A character takes at most so many bytes in JSON, where control characters are escaped. */
  private static final int BYTES_PER_CHAR = 6;

  private final MailSource source;
  private final ByteBudget budget;
  private final Clock clock;
  private final int maxSize;
  private final TypeDetector types = new TypeDetector();

  AttachmentFetch(MailSource source, ByteBudget budget, Clock clock, int maxSize) {
    this.source = source;
    this.budget = budget;
    this.clock = clock;
    this.maxSize = maxSize;
  }

  /**
   * Waits for room in the budget, then fetches.
   *
   * @throws io.emailmonitor.model.ContentTooLargeException if the content is larger than allowed
   * @throws IOException if the content broke off
   */
  Finding.Fetched fetch(Mailbox mailbox, Work work, String body, Attachment attachment)
      throws IOException, InterruptedException {
    try {
      return fetch(mailbox, work, body, attachment, Allowance.of(attachment, maxSize));
    } catch (Allowance.ExceededException e) {
      // The listed size was far too small: once more, with room for the largest.
      return fetch(mailbox, work, body, attachment, Allowance.largest(maxSize));
    }
  }

  private Finding.Fetched fetch(
      Mailbox mailbox, Work work, String body, Attachment attachment, Allowance allowance)
      throws IOException, InterruptedException {
    ByteBudget.Room room =
        budget.reserve(fieldBytes(work.mail(), body, attachment) + allowance.base64Bytes());
    try (InputStream opened = source.open(mailbox, work.mail(), attachment)) {
      PushbackInputStream content =
          new PushbackInputStream(allowance.guard(opened, maxSize), TypeDetector.BYTES);
      byte[] beginning = content.readNBytes(TypeDetector.BYTES);
      content.unread(beginning);
      String detected = types.detect(beginning, attachment.name());
      AttachmentTask task = task(mailbox, work.mail(), body, attachment, detected);
      EncodedTask encoded = TaskCodec.encode(task, content, allowance.expected(), maxSize);
      room.shrinkTo(encoded.json().length);
      return new Finding.Fetched(work, attachment, detected, encoded, room);
    } catch (Throwable e) {
      room.release();
      throw e;
    }
  }

  private static long fieldBytes(Mail mail, String body, Attachment attachment) {
    long chars =
        (long) body.length()
            + mail.id().length()
            + mail.subject().length()
            + mail.senderName().length()
            + mail.senderAddress().length()
            + attachment.id().length()
            + attachment.name().length();
    return FIELDS + chars * BYTES_PER_CHAR;
  }

  private AttachmentTask task(
      Mailbox mailbox, Mail mail, String body, Attachment attachment, @Nullable String detected) {
    String declared = attachment.contentType();
    return new AttachmentTask(
        TaskId.of(mailbox.address(), mail.id(), attachment.id()),
        mail.id(),
        mail.subject(),
        mail.senderName(),
        mail.senderAddress(),
        mail.receivedAt(),
        attachment.id(),
        attachment.name(),
        declared != null
            ? declared
            : Objects.requireNonNullElse(detected, "application/octet-stream"),
        0,
        clock.instant(),
        body,
        AttachmentTask.Extras.of(mailbox.address(), detected));
  }
}
