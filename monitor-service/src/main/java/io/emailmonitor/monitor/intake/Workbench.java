package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Works on messages of one mailbox until they are recorded. For one thread.
 *
 * <p>Before it begins it notes that in the ledger: a message over which the process dies, again and
 * again, is recorded as failed in the end. As many are worked on at a time, those that were begun
 * and did not come to an end are worked on one by one at the next start, and counted one by one.
 */
final class Workbench {
  /** As many as the queue delivers a task by default before it is dead. */
  static final int MOST_DEATHS = 5;

  private final Workshop shop;
  private final Mailbox mailbox;
  private final Brake brake;
  private final VisitLog log;
  private final Reach reach;

  Workbench(Workshop shop, Mailbox mailbox, Brake brake, VisitLog log) {
    this.shop = shop;
    this.mailbox = mailbox;
    this.brake = brake;
    this.log = log;
    this.reach = new Reach(shop.source(), mailbox);
  }

  /** Returns the records of those messages that are recorded now, with their new attachments. */
  List<MailRecord> work(List<Work> works) throws InterruptedException {
    if (works.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> deaths = journal().unended(mailbox, ids(works));
    List<Work> unsuspected = new ArrayList<>(works);
    List<Work> suspects = new ArrayList<>(works);
    unsuspected.removeIf(work -> deaths.containsKey(work.mail().id()));
    suspects.removeAll(unsuspected);
    List<MailRecord> recorded = new ArrayList<>(together(unsuspected));
    for (Work suspect : suspects) {
      if (!brake.isPulled()) {
        int died = deaths.getOrDefault(suspect.mail().id(), 0);
        recorded.addAll(died < MOST_DEATHS ? alone(suspect) : giveUp(suspect, died));
      }
    }
    return recorded;
  }

  /**
   * Ends the visit because of a failure, if it says something about more than what was asked for.
   */
  void stop(MailSourceException e, Consumer<String> otherwise) {
    Stop.of(e).ifPresentOrElse(brake::pull, () -> otherwise.accept(Failure.words(e)));
  }

  /** Ends the visit because of a failure. */
  void stop(MailSourceException e) {
    stop(e, words -> brake.pull(Stop.of(Stop.Kind.UNAVAILABLE, words)));
  }

  boolean isStopped() {
    return brake.isPulled();
  }

  /** At no time more than one in the whole process: who is there when it dies is who did it. */
  private List<MailRecord> alone(Work suspect) throws InterruptedException {
    shop.suspects().lockInterruptibly();
    try {
      return together(List.of(suspect));
    } finally {
      shop.suspects().unlock();
    }
  }

  private List<MailRecord> together(List<Work> works) throws InterruptedException {
    if (works.isEmpty()) {
      return List.of();
    }
    journal().begin(mailbox, ids(works));
    try {
      List<MailRecord> recorded = fetch(works);
      journal().end(mailbox, ids(works));
      return recorded;
    } catch (RuntimeException | Error e) {
      // The process lives, so none of these has ended it.
      try {
        journal().end(mailbox, ids(works));
      } catch (RuntimeException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
  }

  private List<MailRecord> fetch(List<Work> works) throws InterruptedException {
    List<MailRecord> recorded = new ArrayList<>();
    MessageBatch batch = new MessageBatch(shop.batches(), mailbox, brake);
    Lanes lanes =
        new Lanes(
            shop.threads().lanes(),
            (work, out) ->
                new MessageFetch(shop.messages(), mailbox, work, reach, brake, out).run(),
            brake);
    lanes.run(
        works,
        batch,
        records -> {
          log.recorded(records);
          recorded.addAll(records);
        });
    return recorded;
  }

  private List<MailRecord> giveUp(Work work, int died) {
    String problem =
        "the monitor ended, each time while it worked on this message, "
            + died
            + " times: killed from outside, or out of memory";
    Finding ended = new Finding.Ended(work, Finding.How.FAILED_FOR_GOOD, List.of(), problem);
    MessageBatch batch = new MessageBatch(shop.batches(), mailbox, brake);
    List<MailRecord> records = batch.settle(List.of(ended), true);
    journal().end(mailbox, ids(List.of(work)));
    log.recorded(records);
    return records;
  }

  private Journal journal() {
    return shop.journal();
  }

  private static List<String> ids(List<Work> works) {
    return works.stream().map(work -> work.mail().id()).toList();
  }
}
