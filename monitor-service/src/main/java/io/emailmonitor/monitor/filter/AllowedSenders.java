package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Only listed addresses and domains may send, when any are listed. A domain is only itself. */
final class AllowedSenders implements Rule {
  private final Set<String> allowed;

  AllowedSenders(List<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(AllowedSenders::normal)
            .map(entry -> entry.startsWith("@") ? entry.substring(1) : entry)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String name() {
    return "SENDER_ALLOWLIST";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    String sender = normal(mail.senderAddress());
    String domain = sender.substring(sender.lastIndexOf('@') + 1);
    if (allowed.isEmpty() || allowed.contains(sender) || allowed.contains(domain)) {
      return Optional.empty();
    }
    String who = sender.isEmpty() ? "an unknown sender" : "'" + sender + "'";
    return Optional.of(
        new Verdict.Reject(name(), Reason.SENDER_NOT_ALLOWED, who + " is not an allowed sender"));
  }

  private static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
