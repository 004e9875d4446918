package io.emailmonitor.monitor.intake;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.content.ContentTypes;
import io.emailmonitor.monitor.content.Unpacker;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.ledger.FollowUps;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.mailbox.MailSource;
import java.time.Clock;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What visits to mailboxes are made with: the same for all of them, for as long as the service
 * runs.
 *
 * @param folders the folders to read
 * @param slice how much of a mailbox is worked on before others get their turn
 * @param suspects held by whoever works on a message over which the process may have died
 */
record Workshop(
    MailSource source,
    Journal journal,
    MessageFetch.Tools messages,
    MessageBatch.Tools batches,
    IntakeMetrics metrics,
    Clock clock,
    FolderList folders,
    WorkThreads threads,
    Lock suspects,
    Slice slice,
    Sweeps sweeps,
    Aftercare.Tools aftercare) {
  private static final int MOST_NESTED = 5;
  private static final int MOST_WITHIN = 500;

  /** Times the largest attachment: each level of nesting counts what it holds once more. */
  private static final int LARGEST_WITHIN = 4;

  static Workshop equip(
      IntakeSettings settings,
      MailSource source,
      AttachmentFilter filter,
      Delivery delivery,
      Journal journal,
      FollowUps followUps,
      Clock clock,
      MetricRegistry registry,
      WorkThreads threads) {
    IntakeMetrics metrics = new IntakeMetrics(registry);
    ByteBudget budget = new ByteBudget(settings.bytesInFlight());
    metrics.watch("bytesInFlight", budget);
    // Of their own: whoever holds an attachment with others in it waits for room for these.
    ByteBudget opened = new ByteBudget(settings.bytesInFlight() / 2);
    metrics.watch("bytesOpened", opened);
    RetrySchedule retries = RetrySchedule.STANDARD;
    AttachmentFetch content =
        new AttachmentFetch(
            source,
            filter,
            new AttachmentFetch.Budgets(budget, opened),
            clock,
            settings.maxAttachmentSize());
    Unpacker unpacker =
        new Unpacker(filter.opened(), limits(settings.maxAttachmentSize()), new ContentTypes());
    return new Workshop(
        source,
        journal,
        new MessageFetch.Tools(source, filter, content, unpacker, retries, clock),
        new MessageBatch.Tools(delivery, journal, !settings.followUp().isNone(), retries, clock),
        metrics,
        clock,
        new FolderList(source, settings.folders(), clock),
        threads,
        new ReentrantLock(),
        settings.slice(),
        new Sweeps(settings.reconciliation(), clock),
        new Aftercare.Tools(settings.followUp(), source, followUps, retries, clock));
  }

  /** Real mail stays far below; what does not is made to do harm. */
  private static Unpacker.Limits limits(int maxAttachmentSize) {
    return new Unpacker.Limits(MOST_NESTED, MOST_WITHIN, LARGEST_WITHIN * (long) maxAttachmentSize);
  }
}
