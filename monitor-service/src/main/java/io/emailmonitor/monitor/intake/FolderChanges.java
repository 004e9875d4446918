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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has changed in a folder. A page's cursor is saved when all its messages are recorded. */
final class FolderChanges implements Stage {
  /** Runs once the mailbox has answered. */
  interface Answered {
    void run() throws InterruptedException;
  }

  private final Workshop shop;
  private final Mailbox mailbox;
  private final MailFolder folder;
  private final Workbench bench;
  private final VisitLog log;
  private final Answered answered;
  private final Consumer<String> problems;
  private @Nullable Cursor cursor;
  private boolean begun;

  /**
   * @param problems takes what is wrong with a folder that is not there, in words
   */
  FolderChanges(
      Workshop shop,
      Mailbox mailbox,
      MailFolder folder,
      Workbench bench,
      VisitLog log,
      Answered answered,
      Consumer<String> problems) {
    this.shop = shop;
    this.mailbox = mailbox;
    this.folder = folder;
    this.bench = bench;
    this.log = log;
    this.answered = answered;
    this.problems = problems;
  }

  @Override
  public boolean page() throws InterruptedException {
    try {
      if (!begun) {
        begun = true;
        cursor = place();
      }
      return read();
    } catch (MailSourceException e) {
      if (e.kind() == Kind.FOLDER_GONE) {
        shop.journal().dropFolder(mailbox, folder.name());
        shop.folders().expire(mailbox);
        problems.accept("folder '" + folder.name() + "': " + Failure.words(e));
      } else {
        bench.stop(e);
      }
      return false;
    }
  }

  /** Where to go on; at the beginning when another folder bore the name before. */
  private @Nullable Cursor place() {
    return shop.journal()
        .folder(mailbox, folder.name())
        .filter(known -> known.folder().id().equals(folder.id()))
        .map(FolderRecord::cursor)
        .orElse(null);
  }

  private boolean read() throws InterruptedException {
    MailPage page = changes();
    log.progress();
    answered.run();
    List<Work> works = unknown(page.mails());
    if (bench.work(works).size() < works.size() || bench.isStopped()) {
      return false;
    }
    // A next page that is this page again would be read for ever.
    boolean moved = !page.next().equals(cursor);
    if (moved) {
      shop.journal().saveCursor(mailbox, folder, page.next());
    }
    cursor = page.next();
    return page.more() && moved;
  }

  private MailPage changes() {
    try {
      return shop.source().changes(mailbox, folder, cursor);
    } catch (MailSourceException e) {
      if (cursor == null || !isOver(e.kind())) {
        throw e;
      }
      log.cursorExpired();
      shop.journal().saveCursor(mailbox, folder, null);
      cursor = null;
      return shop.source().changes(mailbox, folder, null);
    }
  }

  /** Whether a cursor leads nowhere any more, by its age or because it is refused for good. */
  private static boolean isOver(Kind kind) {
    return kind == Kind.CURSOR_EXPIRED || kind == Kind.REJECTED;
  }

  /** What waits for another attempt is known, too, and has its own schedule. */
  private List<Work> unknown(List<Mail> mails) {
    Map<String, Mail> byId = new LinkedHashMap<>();
    mails.forEach(mail -> byId.put(mail.id(), mail));
    byId.keySet().removeAll(shop.journal().known(mailbox, byId.keySet()));
    Instant now = shop.clock().instant();
    return byId.values().stream().map(mail -> Work.first(mail, folder.name(), now)).toList();
  }
}
