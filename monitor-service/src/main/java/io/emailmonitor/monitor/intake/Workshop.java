package io.emailmonitor.monitor.intake;

import com.codahale.metrics.MetricRegistry;
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
    metrics.watch(budget);
    RetrySchedule retries = RetrySchedule.STANDARD;
    AttachmentFetch content =
        new AttachmentFetch(source, budget, clock, settings.maxAttachmentSize());
    return new Workshop(
        source,
        journal,
        new MessageFetch.Tools(source, filter, content, retries, clock),
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
}
