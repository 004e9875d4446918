package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One mailbox in one cycle: the changes of each folder, the messages whose next attempt is due,
 * and, when it is time, what a {@link Sweep} finds. Page by page, so that it can be left and gone
 * on with. For one thread at a time.
 */
final class MailboxVisit {
  /** How many due messages one visit takes on; the others wait for the next. */
  private static final int RETRIES_AT_ONCE = 200;

  private final Workshop shop;
  private final Mailbox mailbox;
  private final Brake brake;
  private final VisitLog log;
  private final Workbench bench;
  private final Deque<Stage> stages = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private final Optional<Sweep> sweep;
  private boolean foldersFound;
  private boolean retried;
  private boolean changesRead;

  /**
   * @param sweep what to look for when all changes are read
   */
  MailboxVisit(Workshop shop, Mailbox mailbox, Brake brake, VisitLog log, Optional<Sweep> sweep) {
    this.shop = shop;
    this.mailbox = mailbox;
    this.brake = brake;
    this.log = log;
    this.sweep = sweep;
    this.bench = new Workbench(shop, mailbox, brake, log);
  }

  private void findFolders() {
    try {
      FolderList.Found found = shop.folders().of(mailbox);
      problems.addAll(found.problems());
      for (MailFolder folder : found.folders()) {
        stages.add(
            new FolderChanges(shop, mailbox, folder, bench, log, this::retryOnce, problems::add));
      }
    } catch (MailSourceException e) {
      bench.stop(e);
    }
  }

  /**
   * Works until the slice is over, the brake is pulled or all is done; returns whether there is
   * more.
   */
  boolean work(Slice slice) throws InterruptedException {
    long begun = System.nanoTime();
    int pages = 0;
    if (!foldersFound) {
      foldersFound = true;
      findFolders();
      if (stages.isEmpty() && !brake.isPulled()) {
        return finishChanges();
      }
    }
    while (!brake.isPulled() && !stages.isEmpty()) {
      if (slice.isOver(pages, System.nanoTime() - begun)) {
        return true;
      }
      Stage stage = stages.remove();
      if (stage.page()) {
        stages.add(stage);
      }
      pages++;
      if (stages.isEmpty() && !brake.isPulled() && !changesRead) {
        return finishChanges();
      }
    }
    return false;
  }

  /** Whether nothing has changed in the mailbox that has not been worked on. */
  boolean changesRead() {
    return changesRead;
  }

  /** What is wrong with folders that could not be read, in words. */
  List<String> problems() {
    return problems;
  }

  /**
   * When all changes are read, a sweep can see what they did not bring. New mail of others goes
   * before, so it does not begin in the same slice.
   */
  private boolean finishChanges() throws InterruptedException {
    retryOnce();
    changesRead = true;
    if (shop.aftercare().anyDue(mailbox)) {
      stages.add(new Aftercare(shop.aftercare(), mailbox, bench, log, problems::add));
    } else {
      shop.aftercare().problem(mailbox).ifPresent(problems::add);
    }
    sweep.ifPresent(s -> stages.addAll(s.stages(shop, mailbox, bench, log, problems::add)));
    return !stages.isEmpty() && !brake.isPulled();
  }

  /** Only once the mailbox answers: an outage must not use up the attempts that a message has. */
  private void retryOnce() throws InterruptedException {
    if (!retried) {
      retried = true;
      Instant now = shop.clock().instant();
      bench.work(
          shop.journal().due(mailbox, now, RETRIES_AT_ONCE).stream().map(Work::again).toList());
    }
  }
}
