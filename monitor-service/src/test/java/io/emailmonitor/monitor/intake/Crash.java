package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.FolderRecord;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.ledger.WaitingTasks;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.TaskProducer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends everything at one step of the way, as a killed process would: before that step's effect or
 * right after it, and nothing has any effect afterwards.
 */
final class Crash {
  enum Step {
    HAND_ON,
    RECORD,
    SAVE_CURSOR,
    ENQUEUE,
    RECORD_ENQUEUED
  }

  /** Thrown at the step, and at every later one. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Step step;
  private final boolean before;
  private final AtomicInteger passes;
  private volatile boolean dead;

  /**
   * Crashes.
   *
   * @param passes how often the step succeeds before
   */
  Crash(Step step, boolean before, int passes) {
    this.step = step;
    this.before = before;
    this.passes = new AtomicInteger(passes);
  }

  /** One that never comes. */
  static Crash never() {
    return new Crash(Step.HAND_ON, true, Integer.MAX_VALUE);
  }

  boolean happened() {
    return dead;
  }

  private void around(Step here, Runnable effect) {
    check();
    boolean now = here == step && passes.getAndDecrement() <= 0;
    if (!now || !before) {
      effect.run();
    }
    dead |= now;
    check();
  }

  private void check() {
    if (dead) {
      throw new Killed();
    }
  }

  TaskProducer aroundQueue(TaskProducer producer) {
    return tasks -> {
      Holder<List<EnqueueResult>> results = new Holder<>(List.of());
      around(Step.ENQUEUE, () -> results.value = producer.enqueue(tasks));
      return results.value;
    };
  }

  WaitingTasks around(WaitingTasks tasks) {
    return new WaitingTasks() {
      @Override
      public List<Waiting> oldest(int limit) {
        check();
        return tasks.oldest(limit);
      }

      @Override
      public long count() {
        return tasks.count();
      }

      @Override
      public void enqueued(Collection<String> taskIds) {
        around(Step.RECORD_ENQUEUED, () -> tasks.enqueued(taskIds));
      }

      @Override
      public void refused(String taskId, Reason reason, String why) {
        check();
        tasks.refused(taskId, reason, why);
      }

      @Override
      public int lost(Collection<String> taskIds) {
        check();
        return tasks.lost(taskIds);
      }

      @Override
      public Set<String> recorded(Collection<String> taskIds) {
        check();
        return tasks.recorded(taskIds);
      }

      @Override
      public Set<String> settled(Collection<String> taskIds) {
        check();
        return tasks.settled(taskIds);
      }
    };
  }

  Delivery around(Delivery delivery) {
    return tasks -> {
      Holder<List<Receipt>> receipts = new Holder<>(List.of());
      around(
          Step.HAND_ON, () -> receipts.value = delivery.deliver(List.<EncodedTask>copyOf(tasks)));
      return receipts.value;
    };
  }

  private static final class Holder<T> {
    private T value;

    Holder(T value) {
      this.value = value;
    }
  }

  Journal around(Journal journal) {
    return new Journal() {
      @Override
      public Set<String> known(Mailbox mailbox, Collection<String> messageIds) {
        return journal.known(mailbox, messageIds);
      }

      @Override
      public List<MailRecord> due(Mailbox mailbox, Instant now, int limit) {
        return journal.due(mailbox, now, limit);
      }

      @Override
      public List<MailRecord> records(Mailbox mailbox, Collection<String> messageIds) {
        return journal.records(mailbox, messageIds);
      }

      @Override
      public void record(List<MailRecord> mails, boolean followUp) {
        around(Step.RECORD, () -> journal.record(mails, followUp));
      }

      @Override
      public void reopen(MailRecord mail, Collection<AttachmentRecord> attachments, String note) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void begin(Mailbox mailbox, Collection<String> messageIds) {
        check();
        journal.begin(mailbox, messageIds);
      }

      @Override
      public void end(Mailbox mailbox, Collection<String> messageIds) {
        check();
        journal.end(mailbox, messageIds);
      }

      @Override
      public Map<String, Integer> unended(Mailbox mailbox, Collection<String> messageIds) {
        return journal.unended(mailbox, messageIds);
      }

      @Override
      public Optional<FolderRecord> folder(Mailbox mailbox, String name) {
        return journal.folder(mailbox, name);
      }

      @Override
      public void saveCursor(Mailbox mailbox, MailFolder folder, @Nullable Cursor cursor) {
        around(Step.SAVE_CURSOR, () -> journal.saveCursor(mailbox, folder, cursor));
      }

      @Override
      public void dropFolder(Mailbox mailbox, String name) {
        journal.dropFolder(mailbox, name);
      }

      @Override
      public void watch(Collection<String> entries, Discovery found) {
        journal.watch(entries, found);
      }

      @Override
      public Optional<Discovery> watched(Collection<String> entries) {
        return journal.watched(entries);
      }

      @Override
      public void saveMailboxes(Collection<MailboxRecord> mailboxes) {
        check();
        journal.saveMailboxes(mailboxes);
      }

      @Override
      public int forget(Instant before) {
        return journal.forget(before);
      }
    };
  }
}
