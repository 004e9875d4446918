package io.emailmonitor.monitor;

import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.ledger.Overview;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the page asks of the ledger, beside {@link FakeHistory}. */
final class FakeOverview implements Overview {
  private final FakeHistory history = new FakeHistory();

  @Override
  public String latestChange() {
    return "none";
  }

  @Override
  public MailboxCounts mailboxCounts() {
    return new MailboxCounts(2, 1, 0, null);
  }

  @Override
  public List<MailboxRecord> mailboxes(String text, int offset, int limit) {
    return history.mailboxes().stream()
        .filter(mailbox -> mailbox.address().contains(text))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public long mailboxes(String text) {
    return mailboxes(text, 0, Integer.MAX_VALUE).size();
  }

  @Override
  public List<Trip> handedOn(Instant since, int limit) {
    return List.of();
  }

  @Override
  public List<Trip> done(Instant since, int limit) {
    return List.of();
  }

  @Override
  public Waiting waiting() {
    return new Waiting(0, null);
  }

  @Override
  public long handedOnSince(Instant since) {
    return 0;
  }

  @Override
  public Map<String, TaskName> names(Collection<String> taskIds) {
    return taskIds.contains("a0")
        ? Map.of("a0", new TaskName(FakeHistory.ID, "invoice.pdf"))
        : Map.of();
  }
}
