package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the ledger again and again while somebody looks. Safe for several threads. */
public interface Overview {
  /** Differs from an earlier answer when a message was worked on or a result came since. */
  String latestChange();

  MailboxCounts mailboxCounts();

  /** Watched mailboxes whose address holds a text, those in trouble first. */
  List<MailboxRecord> mailboxes(String text, int offset, int limit);

  /** How long attachments took that were handed on since then, the latest first. */
  List<Journey> journeys(Instant since, int limit);

  /** How many attachments were handed on since then. */
  long handedOnSince(Instant since);

  /** The attachments behind tasks, by task id; those that are not recorded are left out. */
  Map<String, TaskName> names(Collection<String> taskIds);

  /**
   * How the watched mailboxes are.
   *
   * @param parked left alone for now
   * @param troubled not parked, but not read to their end
   * @param oldestSyncAt when the one that waits longest was last read to its end, parked ones
   *     aside; null if none was
   */
  record MailboxCounts(long watched, long parked, long troubled, @Nullable Instant oldestSyncAt) {}

  /**
   * When an attachment passed which station.
   *
   * @param settledAt when a worker was done with it; null if none was
   */
  record Journey(Instant receivedAt, Instant handedOnAt, @Nullable Instant settledAt) {}

  /** What people know a task by. */
  record TaskName(String messageId, String filename) {}
}
