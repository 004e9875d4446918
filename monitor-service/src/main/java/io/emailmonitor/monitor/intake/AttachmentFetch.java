package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.content.Contained;
import io.emailmonitor.monitor.content.ContentTypes;
import io.emailmonitor.monitor.content.Detected;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Verdict;
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

  /** What is taken apart in memory lies there as a whole, and a part of it once more. */
  private static final int COPIES = 2;

  /**
   * Room for content.
   *
   * @param tasks for what is on its way to the queue
   * @param opened for what is looked into for other attachments: whoever holds some of it waits for
   *     the other, never the other way round
   */
  record Budgets(ByteBudget tasks, ByteBudget opened) {}

  private final MailSource source;
  private final AttachmentFilter filter;
  private final Budgets budgets;
  private final Clock clock;
  private final int maxSize;
  private final ContentTypes types = new ContentTypes();

  AttachmentFetch(
      MailSource source, AttachmentFilter filter, Budgets budgets, Clock clock, int maxSize) {
    this.source = source;
    this.filter = filter;
    this.budgets = budgets;
    this.clock = clock;
    this.maxSize = maxSize;
  }

  /** The first bytes show that it is not wanted; the rest has not been read. */
  static final class UnwantedException extends Exception {
    private static final long serialVersionUID = 1;

    final transient Verdict.Reject verdict;
    final transient Detected detected;

    UnwantedException(Verdict.Reject verdict, Detected detected) {
      super(verdict.detail());
      this.verdict = verdict;
      this.detected = detected;
    }
  }

  /**
   * Waits for room in the budget, then fetches.
   *
   * @throws io.emailmonitor.model.ContentTooLargeException if the content is larger than allowed
   * @throws UnwantedException if the content is of a type that is not wanted
   * @throws IOException if the content broke off
   */
  Finding.Fetched fetch(Mailbox mailbox, Work work, String body, Attachment attachment)
      throws IOException, InterruptedException, UnwantedException {
    return fetch(mailbox, work, body, attachment, false);
  }

  /** Fetches what is looked into for other attachments, whatever its own type. */
  Finding.Fetched fetchToOpen(Mailbox mailbox, Work work, String body, Attachment attachment)
      throws IOException, InterruptedException, UnwantedException {
    return fetch(mailbox, work, body, attachment, true);
  }

  private Finding.Fetched fetch(
      Mailbox mailbox, Work work, String body, Attachment attachment, boolean toOpen)
      throws IOException, InterruptedException, UnwantedException {
    try {
      return fetch(mailbox, work, body, attachment, toOpen, Allowance.of(attachment, maxSize));
    } catch (Allowance.ExceededException e) {
      // The listed size was far too small: once more, with room for the largest.
      return fetch(mailbox, work, body, attachment, toOpen, Allowance.largest(maxSize));
    }
  }

  private Finding.Fetched fetch(
      Mailbox mailbox,
      Work work,
      String body,
      Attachment attachment,
      boolean toOpen,
      Allowance allowance)
      throws IOException, InterruptedException, UnwantedException {
    long bytes = fieldBytes(work.mail(), body, attachment) + allowance.base64Bytes();
    ByteBudget.Room room =
        toOpen
            ? budgets.opened().reserve(bytes + (long) COPIES * allowance.reserved())
            : budgets.tasks().reserve(bytes);
    try (InputStream opened = source.open(mailbox, work.mail(), attachment)) {
      PushbackInputStream content =
          new PushbackInputStream(allowance.guard(opened, maxSize), ContentTypes.BYTES);
      byte[] beginning = content.readNBytes(ContentTypes.BYTES);
      content.unread(beginning);
      Detected detected = types.detect(beginning, attachment.name(), attachment.contentType());
      if (!toOpen
          && filter.judgeContent(attachment, detected.type()) instanceof Verdict.Reject reject) {
        throw new UnwantedException(reject, detected);
      }
      AttachmentTask task = task(mailbox, work.mail(), body, attachment, detected.type());
      EncodedTask encoded = TaskCodec.encode(task, content, allowance.expected(), maxSize);
      long copies = toOpen ? (long) COPIES * encoded.task().attachmentSize() : 0;
      room.shrinkTo(encoded.json().length + copies);
      return new Finding.Fetched(work, attachment, detected, encoded, room, Finding.Remark.NONE);
    } catch (Throwable e) {
      room.release();
      throw e;
    }
  }

  /**
   * Waits for room in the budget, then makes a task of what lies within another attachment.
   *
   * @throws io.emailmonitor.model.ContentTooLargeException if the content is larger than allowed
   */
  Finding.Fetched take(
      Mailbox mailbox, Work work, String body, Contained contained, InputStream content)
      throws IOException, InterruptedException {
    Attachment attachment = contained.attachment();
    int size = (int) Math.min(attachment.size(), maxSize);
    long bytes =
        fieldBytes(work.mail(), body, attachment) + new Allowance(size, size).base64Bytes();
    ByteBudget.Room room = budgets.tasks().reserve(bytes);
    try {
      Detected detected = contained.detected();
      AttachmentTask task = task(mailbox, work.mail(), body, attachment, detected.type());
      EncodedTask encoded = TaskCodec.encode(task, content, size, maxSize);
      room.shrinkTo(encoded.json().length);
      return new Finding.Fetched(work, attachment, detected, encoded, room, Finding.Remark.NONE);
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
