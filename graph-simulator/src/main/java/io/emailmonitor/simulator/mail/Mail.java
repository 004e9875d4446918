package io.emailmonitor.simulator.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mail, read.
 *
 * @param subject decoded; null when the mail has none
 * @param sent what the {@code Date} header says, when that can be understood
 * @param received what the uppermost {@code Received} header says, when that can be understood
 * @param text the first plain text body
 * @param html the first HTML body
 */
public record Mail(
    @Nullable String subject,
    @Nullable String messageId,
    @Nullable MailAddress from,
    @Nullable MailAddress sender,
    List<MailAddress> to,
    List<MailAddress> cc,
    List<MailAddress> replyTo,
    @Nullable Instant sent,
    @Nullable Instant received,
    @Nullable String text,
    @Nullable String html,
    List<Header> headers,
    List<MailAttachment> attachments,
    Content source) {

  public Mail {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    replyTo = List.copyOf(replyTo);
    headers = List.copyOf(headers);
    attachments = List.copyOf(attachments);
  }

  /** When it arrived: by {@code Received}, else by {@code Date}. */
  public Optional<Instant> arrived() {
    return Optional.ofNullable(received == null ? sent : received);
  }

  /** One line of the mail's head, unfolded and decoded. */
  public record Header(String name, String value) {}
}
