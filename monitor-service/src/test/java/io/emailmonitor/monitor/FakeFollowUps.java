package io.emailmonitor.monitor;

import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.FollowUps;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every message waits for another attempt. */
final class FakeFollowUps implements FollowUps {
  @Override
  public List<FollowUpRecord> due(Mailbox mailbox, Instant now, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> problem(Mailbox mailbox, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void save(FollowUpRecord followUp) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<FollowUpRecord> of(MailRecord mail) {
    return Optional.of(
        new FollowUpRecord(
            mail.mailbox(),
            mail.mail(),
            FollowUpRecord.State.WAITING,
            2,
            Instant.parse("2026-03-01T10:00:00Z"),
            "Graph does not answer"));
  }
}
