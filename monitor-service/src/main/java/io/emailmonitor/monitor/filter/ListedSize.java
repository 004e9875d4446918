package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Optional;

/**
 * Spares the download of what is clearly too large. The mail system counts its own overhead, so the
 * listed size may be above the limit though the content is not: what is near it is fetched, and the
 * bytes are counted then.
 */
final class ListedSize implements Rule {
  private static final long OVERHEAD_BYTES = 64 * 1024;
  private static final long OVERHEAD_DIVISOR = 20;

  private final long max;

  ListedSize(long max) {
    this.max = max;
  }

  @Override
  public String name() {
    return "MAX_ATTACHMENT_SIZE";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    return attachment.size() <= max + max / OVERHEAD_DIVISOR + OVERHEAD_BYTES
        ? Optional.empty()
        : Optional.of(
            new Verdict.Reject(
                name(),
                Reason.TOO_LARGE,
                "listed with " + attachment.size() + " bytes, allowed are " + max));
  }
}
