package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailListing;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reconciliation of one mailbox: lists what its folders hold, by another way than their
 * changes, compares that with the ledger, and lets what is missing be worked on as if it were new.
 * Keeps its place when a visit ends before it. For one thread at a time.
 */
final class Sweep {
  /** What has just arrived may not be among the changes yet. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** How far a folder has been listed. */
  private static final class Place {
    private @Nullable Cursor next;
    private boolean done;
  }

  private final Instant since;
  private final Instant begunAt;
  private final Map<String, Place> places = new HashMap<>();
  private boolean begun;
  private int checked;
  private int missing;
  private int late;

  Sweep(Instant since, Instant now) {
    this.since = since;
    this.begunAt = now;
  }

  boolean isDone() {
    return begun && places.values().stream().allMatch(place -> place.done);
  }

  Instant begunAt() {
    return begunAt;
  }

  /** How many messages have been compared. */
  int checked() {
    return checked;
  }

  /** How many messages the changes had not brought. */
  int missing() {
    return missing;
  }

  /** How many attachments have come to messages after these were recorded. */
  int late() {
    return late;
  }

  /**
   * What is left to do, for this visit.
   *
   * @param problems takes in words what keeps a folder from being compared
   */
  List<Stage> stages(
      Workshop shop, Mailbox mailbox, Workbench bench, VisitLog log, Consumer<String> problems) {
    List<MailFolder> folders = shop.folders().known(mailbox);
    places.keySet().retainAll(folders.stream().map(MailFolder::id).toList());
    begun = true;
    List<Stage> stages = new ArrayList<>();
    for (MailFolder folder : folders) {
      Place place = places.computeIfAbsent(folder.id(), id -> new Place());
      if (!place.done) {
        stages.add(
            () -> {
              try {
                return page(shop, mailbox, bench, log, folder, place);
              } catch (MailSourceException e) {
                place.next = null;
                bench.stop(e, words -> problems.accept("reconciliation: " + words));
                return false;
              }
            });
      }
    }
    return stages;
  }

  private boolean page(
      Workshop shop, Mailbox mailbox, Workbench bench, VisitLog log, MailFolder folder, Place place)
      throws InterruptedException {
    MailListing listing = shop.source().list(mailbox, folder, since, place.next);
    log.progress();
    compare(shop, mailbox, bench, folder.name(), listing.mails());
    if (bench.isStopped()) {
      return false;
    }
    place.next = listing.next();
    place.done = listing.next() == null;
    return !place.done;
  }

  private void compare(
      Workshop shop, Mailbox mailbox, Workbench bench, String folder, List<Mail> mails)
      throws InterruptedException {
    List<String> ids = mails.stream().map(Mail::id).toList();
    Set<String> known = shop.journal().known(mailbox, ids);
    Instant now = shop.clock().instant();
    List<Work> unknown =
        mails.stream()
            .filter(mail -> !known.contains(mail.id()))
            .filter(mail -> mail.receivedAt().isBefore(begunAt.minus(FRESH)))
            .map(mail -> Work.missing(mail, folder, now))
            .toList();
    List<Work> settled =
        shop.journal().records(mailbox, known).stream()
            .filter(record -> record.state() == MailRecord.State.DONE)
            .map(record -> Work.recheck(record, now))
            .toList();
    missing += bench.work(unknown).size();
    late += bench.work(settled).stream().mapToInt(record -> record.attachments().size()).sum();
    checked += bench.isStopped() ? 0 : mails.size();
  }
}
