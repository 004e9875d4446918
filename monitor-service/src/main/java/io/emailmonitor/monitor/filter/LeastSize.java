package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Optional;

/**
 * Turns away what is too small. The listed size is never below the real one, so what is listed with
 * less need not be fetched; the rest is judged by its content.
 */
final class LeastSize implements Rule {
  private final long min;

  LeastSize(long min) {
    this.min = min;
  }

  @Override
  public String name() {
    return "MIN_ATTACHMENT_SIZE";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    return objection(attachment.size());
  }

  Optional<Verdict.Reject> objection(long bytes) {
    return bytes >= min
        ? Optional.empty()
        : Optional.of(
            new Verdict.Reject(
                name(), Reason.TOO_SMALL, bytes + " bytes, wanted are at least " + min));
  }

  @Override
  public Scope scope() {
    return Scope.WHOLE;
  }
}
