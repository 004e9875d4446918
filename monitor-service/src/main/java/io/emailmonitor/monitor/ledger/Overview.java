package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of the ledger again and again while somebody looks. Safe for several threads. */
public interface Overview {
  /**
   * Differs from an earlier answer when since then a message was worked on, a result came, or what
   * was stored until the queue is back got there.
   */
  String latestChange();

  MailboxCounts mailboxCounts();

  /** Watched mailboxes whose address holds a text, those in trouble first. */
  List<MailboxRecord> mailboxes(String text, int offset, int limit);

  /** How many watched mailboxes' addresses hold a text. */
  long mailboxes(String text);

  /** Attachments that got to the queue, or where they stay, since then; the latest first. */
  List<Trip> handedOn(Instant since, int limit);

  /** Attachments that a worker was done with since then; the latest first. */
  List<Trip> done(Instant since, int limit);

  /** What is stored until the queue is back. */
  Waiting waiting();

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

  /** When the mail of an attachment arrived, and when the attachment got where it was going. */
  record Trip(Instant arrivedAt, Instant reachedAt) {}

  /**
   * Attachments that wait on disk.
   *
   * @param since when the oldest of them was stored; null if there is none
   */
  record Waiting(long tasks, @Nullable Instant since) {}

  /** What people know a task by. */
  record TaskName(String messageId, String filename) {}
}
