package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Explanation;
import io.emailmonitor.monitor.filter.Opinion;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a message.
 *
 * @param mailbox null if no mailbox was named
 */
record ExplanationView(
    @Nullable MailboxView mailbox,
    String messageId,
    String subject,
    String senderEmail,
    List<AttachmentView> attachments) {

  static ExplanationView of(
      AttachmentFilter filter, @Nullable Mailbox mailbox, Mail mail, List<Attachment> attachments) {
    return new ExplanationView(
        mailbox == null
            ? null
            : MailboxView.of(mailbox.address(), filter.mailboxes().explain(mailbox)),
        mail.id(),
        mail.subject(),
        mail.senderAddress(),
        attachments.stream().map(a -> AttachmentView.of(a, filter.explain(mail, a))).toList());
  }

  /** What the rules say of a mailbox. */
  record MailboxView(String address, VerdictView verdict, List<VerdictView> rules) {
    static MailboxView of(String address, Explanation explanation) {
      return new MailboxView(
          address,
          VerdictView.of(null, explanation.verdict()),
          VerdictView.of(explanation.opinions()));
    }
  }

  /**
   * What the rules say of an attachment.
   *
   * @param opened whether it would be looked into, so that rules about files judge what it holds
   */
  record AttachmentView(
      String attachmentId,
      String filename,
      String kind,
      @Nullable String mimeType,
      long size,
      boolean inline,
      boolean opened,
      VerdictView verdict,
      List<VerdictView> rules) {
    static AttachmentView of(Attachment attachment, Explanation explanation) {
      return new AttachmentView(
          attachment.id(),
          attachment.name(),
          MailView.lowerCase(attachment.kind()),
          attachment.contentType(),
          attachment.size(),
          attachment.inline(),
          explanation.opened(),
          VerdictView.of(null, explanation.verdict()),
          VerdictView.of(explanation.opinions()));
    }
  }

  /**
   * One rule's word, or that of all.
   *
   * @param rule the rule; null if all accept
   * @param accepted whether it has nothing against it
   */
  record VerdictView(
      @Nullable String rule, boolean accepted, @Nullable String reason, @Nullable String why) {
    static VerdictView of(@Nullable String rule, Verdict verdict) {
      return verdict instanceof Verdict.Reject reject
          ? new VerdictView(reject.rule(), false, reject.reason().code(), reject.why())
          : new VerdictView(rule, true, null, null);
    }

    static List<VerdictView> of(List<Opinion> opinions) {
      return opinions.stream().map(o -> of(o.rule(), o.verdict())).toList();
    }
  }
}
