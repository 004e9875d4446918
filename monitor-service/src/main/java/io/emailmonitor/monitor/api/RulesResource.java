package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.http.Problem;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what the rules say, without fetching, handing on or recording anything. */
@Path("/rules/explain")
@Produces(MediaType.APPLICATION_JSON)
public final class RulesResource {
  private final AttachmentFilter filter;
  private final History history;
  private final MailSource mailSource;

  public RulesResource(AttachmentFilter filter, History history, MailSource mailSource) {
    this.filter = filter;
    this.history = history;
    this.mailSource = mailSource;
  }

  /** What an attachment would be like; what is left out is empty. */
  public static final class Facts {
    @QueryParam("sender")
    @DefaultValue("")
    String sender = "";

    @QueryParam("subject")
    @DefaultValue("")
    String subject = "";

    @QueryParam("filename")
    @DefaultValue("")
    String filename = "";

    @QueryParam("kind")
    @DefaultValue("file")
    String kind = "";

    @QueryParam("mime_type")
    @Nullable String mimeType;

    @QueryParam("size")
    long size;

    @QueryParam("inline")
    boolean inline;

    private Mail mail() {
      return new Mail("", null, subject, "", sender, Instant.EPOCH);
    }

    private Attachment attachment() {
      return new Attachment("", kind(), filename, mimeType, size, inline);
    }

    private Attachment.Kind kind() {
      try {
        return Attachment.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw Problem.of(400, "kind is '" + kind + "'; it must be file, item or reference")
            .exception();
      }
    }
  }

  /**
   * Judges a message that is in a mailbox now, or facts.
   *
   * @param messageId a message's immutable id; one that is recorded also by its Message-ID header
   * @param mailbox where it is; needed when it is not recorded
   */
  @GET
  public ExplanationView explain(
      @QueryParam("message_id") @Nullable String messageId,
      @QueryParam("mailbox") @Nullable String mailbox,
      @BeanParam Facts facts) {
    if (messageId == null || messageId.isEmpty()) {
      return ExplanationView.of(
          filter,
          mailbox == null ? null : new Mailbox(mailbox),
          facts.mail(),
          List.of(facts.attachment()));
    }
    MailRecord known = history.mail(messageId).orElse(null);
    if (known == null && (mailbox == null || mailbox.isEmpty())) {
      throw Problem.of(404, "No message with this id has been recorded; mailbox says where it is")
          .exception();
    }
    Mailbox box = new Mailbox(known == null ? String.valueOf(mailbox) : known.mailbox());
    return inMailbox(box, known == null ? messageId : known.mail().id());
  }

  private ExplanationView inMailbox(Mailbox mailbox, String messageId) {
    try {
      Mail mail = mailSource.mail(mailbox, messageId);
      return ExplanationView.of(filter, mailbox, mail, mailSource.attachments(mailbox, mail));
    } catch (MailSourceException e) {
      int status =
          switch (e.kind()) {
            case GONE, REJECTED, MAILBOX_UNUSABLE -> 404;
            default -> 503;
          };
      throw Problem.of(status, String.valueOf(e.getMessage())).exception();
    }
  }
}
