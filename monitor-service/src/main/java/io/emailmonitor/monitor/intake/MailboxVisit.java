package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.FolderRecord;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mailbox in one cycle: the messages whose next attempt is due, then each folder, page by page.
 * A page's cursor is saved when all its messages are recorded. For one thread.
 */
final class MailboxVisit {
  /** How many due messages one visit takes on; the others wait for the next. */
  private static final int RETRIES_AT_ONCE = 200;

  private final Workshop shop;
  private final Mailbox mailbox;
  private final Brake brake;
  private final Workbench bench;
  private final VisitLog log;
  private final List<String> problems = new ArrayList<>();
  private boolean retried;

  MailboxVisit(Workshop shop, Mailbox mailbox, Brake brake, VisitLog log) {
    this.shop = shop;
    this.mailbox = mailbox;
    this.brake = brake;
    this.log = log;
    this.bench = new Workbench(shop, mailbox, brake, log);
  }

  /**
   * Works until everything is read or the brake is pulled.
   *
   * @return what is wrong with folders that could not be read, in words
   */
  List<String> run() throws InterruptedException {
    for (String folder : shop.folders()) {
      if (!brake.isPulled()) {
        read(folder);
      }
    }
    if (!brake.isPulled()) {
      retryOnce();
    }
    return problems;
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

  private void read(String name) throws InterruptedException {
    try {
      Optional<FolderRecord> known = shop.journal().folder(mailbox, name);
      if (known.isPresent()) {
        read(known.get().folder(), known.get().cursor());
      } else {
        read(shop.source().folder(mailbox, name), null);
      }
    } catch (MailSourceException e) {
      if (e.kind() == Kind.FOLDER_GONE) {
        shop.journal().dropFolder(mailbox, name);
        problems.add("folder '" + name + "': " + Failure.words(e));
      } else {
        brake.pull(Stop.of(e).orElseGet(() -> Stop.of(Stop.Kind.UNAVAILABLE, Failure.words(e))));
      }
    }
  }

  private void read(MailFolder folder, @Nullable Cursor from) throws InterruptedException {
    Cursor cursor = from;
    boolean more = true;
    while (more && !brake.isPulled()) {
      MailPage page;
      try {
        page = shop.source().changes(mailbox, folder, cursor);
      } catch (MailSourceException e) {
        if (cursor == null || !isOver(e.kind())) {
          throw e;
        }
        log.cursorExpired();
        shop.journal().saveCursor(mailbox, folder, null);
        page = shop.source().changes(mailbox, folder, null);
      }
      log.progress();
      retryOnce();
      List<Work> works = unknown(page.mails(), folder.name());
      if (bench.work(works) < works.size() || brake.isPulled()) {
        return;
      }
      // A next page that is this page again would be read for ever.
      more = page.more() && !page.next().equals(cursor);
      if (!page.next().equals(cursor)) {
        shop.journal().saveCursor(mailbox, folder, page.next());
      }
      cursor = page.next();
    }
  }

  /** Whether a cursor leads nowhere any more, by its age or because it is refused for good. */
  private static boolean isOver(Kind kind) {
    return kind == Kind.CURSOR_EXPIRED || kind == Kind.REJECTED;
  }

  /** What waits for another attempt is known, too, and has its own schedule. */
  private List<Work> unknown(List<Mail> mails, String folder) {
    Map<String, Mail> byId = new LinkedHashMap<>();
    mails.forEach(mail -> byId.put(mail.id(), mail));
    byId.keySet().removeAll(shop.journal().known(mailbox, byId.keySet()));
    Instant now = shop.clock().instant();
    return byId.values().stream().map(mail -> Work.first(mail, folder, now)).toList();
  }
}
