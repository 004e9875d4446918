package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.logging.Concerning;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of a mailbox's mail, and says in the log what went wrong. For one thread. */
final class VisitLog {
  private static final Logger LOG = LoggerFactory.getLogger(VisitLog.class);

  private final Mailbox mailbox;
  private final IntakeMetrics metrics;
  private final Runnable progress;
  private final Tally tally = new Tally();

  VisitLog(Mailbox mailbox, IntakeMetrics metrics, Runnable progress) {
    this.mailbox = mailbox;
    this.metrics = metrics;
    this.progress = progress;
  }

  Tally tally() {
    return tally;
  }

  void progress() {
    progress.run();
  }

  void recorded(List<MailRecord> mails) {
    progress();
    for (MailRecord mail : mails) {
      tally.add(mail);
      metrics.recorded(mail);
      warn(mail);
    }
  }

  private void warn(MailRecord mail) {
    String name = LogNames.of(mailbox, mail.mail());
    if (mail.state() == MailRecord.State.RETRYING) {
      LOG.warn(
          "{}: attempt {} failed, the next is at {}: {}",
          name,
          mail.attempts(),
          mail.nextAttemptAt(),
          mail.problem());
    } else if (mail.state() == MailRecord.State.FAILED) {
      LOG.warn("{}: given up: {}", name, mail.problem());
    }
    for (AttachmentRecord attachment : mail.attachments()) {
      if (attachment.outcome() == Outcome.FAILED) {
        String task = LogNames.of(mailbox, mail.mail(), attachment.attachmentId());
        Concerning concerning =
            LogNames.concerning(mailbox, mail.mail(), attachment.attachmentId());
        try (concerning) {
          LOG.warn("{}: failed ({}): {}", task, attachment.reason(), attachment.detail());
        }
      }
    }
  }

  /** What a reconciliation finds is worked on already; it should not have been missing. */
  void reconciled(Sweep sweep) {
    tally.reconciled(sweep);
    metrics.reconciled(sweep);
    if (sweep.missing() + sweep.late() > 0) {
      LOG.warn(
          "{}: reconciliation of {} messages found {} that the changes had not brought, and {}"
              + " attachments that came later; all are recorded now",
          LogNames.of(mailbox),
          sweep.checked(),
          sweep.missing(),
          sweep.late());
    }
  }

  void followedUp(FollowUpRecord followUp) {
    progress();
    metrics.followedUp(followUp);
    if (followUp.state() == FollowUpRecord.State.FAILED) {
      LOG.warn(
          "{}: neither marked nor moved: {}",
          LogNames.of(mailbox, followUp.mail()),
          followUp.problem());
    }
  }

  void cursorExpired() {
    LOG.info(
        "{}: the cursor is not valid any more, reading the folder from its beginning",
        LogNames.of(mailbox));
  }
}
