package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Mail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message and all its attachments.
 *
 * @param folder the folder in which it was seen, as configured
 * @param firstSeenAt when the monitor met it
 * @param attempts how often it was worked on
 * @param nextAttemptAt when it will be tried again; set only while {@link State#RETRYING}
 * @param problem why it is retried or failed, in words
 * @param note how the message or a part of it came here, in words, when it was not by the changes
 *     of its folder; once there, it stays until there is another
 */
public record MailRecord(
    String mailbox,
    String folder,
    Mail mail,
    State state,
    Instant firstSeenAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String problem,
    @Nullable String note,
    List<AttachmentRecord> attachments) {

  /** How far the message is. */
  public enum State {
    /** Every attachment has its outcome. */
    DONE,
    /** It failed for now and has its own schedule. */
    RETRYING,
    /** It was given up, with the problem recorded. */
    FAILED
  }

  /** One that came by the changes of its folder. */
  public MailRecord(
      String mailbox,
      String folder,
      Mail mail,
      State state,
      Instant firstSeenAt,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable String problem,
      List<AttachmentRecord> attachments) {
    this(
        mailbox,
        folder,
        mail,
        state,
        firstSeenAt,
        attempts,
        nextAttemptAt,
        problem,
        null,
        attachments);
  }

  public MailRecord {
    attachments = List.copyOf(attachments);
  }

  MailRecord withAttachments(List<AttachmentRecord> others) {
    return new MailRecord(
        mailbox, folder, mail, state, firstSeenAt, attempts, nextAttemptAt, problem, note, others);
  }
}
