package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells decoration from documents among what is shown in the body. */
final class InlineRule implements Rule {
  private static final Set<String> IMAGES =
      Set.of(
          ".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".svg", ".webp", ".tif", ".tiff",
          ".heic", ".avif", ".ico", ".emf", ".wmf");

  private final InlinePolicy policy;

  InlineRule(InlinePolicy policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return "INLINE_ATTACHMENTS";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    if (!attachment.inline() || policy == InlinePolicy.INCLUDE) {
      return Optional.empty();
    }
    if (policy == InlinePolicy.SKIP) {
      return reject("shown in the message's body");
    }
    return isImage(attachment) ? reject("an image in the message's body") : Optional.empty();
  }

  /** Some programs declare every inline part as binary data: then its name tells. */
  private static boolean isImage(Attachment attachment) {
    String type = attachment.contentType();
    return (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("image/"))
        || FileEnding.isOneOf(IMAGES, attachment);
  }

  private Optional<Verdict.Reject> reject(String detail) {
    return Optional.of(new Verdict.Reject(name(), Reason.INLINE, detail));
  }
}
