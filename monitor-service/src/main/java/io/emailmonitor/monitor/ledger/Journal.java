package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's writing side, and what the intake must know to go on. What a method wrote is durable
 * when it returns. Safe for use by several threads, each working on other mailboxes.
 */
public interface Journal {
  /**
   * Tells which of these messages have been recorded, in whatever state, also those whose records
   * have been {@linkplain #forget forgotten} since.
   */
  Set<String> known(Mailbox mailbox, Collection<String> messageIds);

  /** The records of these messages with their attachments, of those that are recorded. */
  List<MailRecord> records(Mailbox mailbox, Collection<String> messageIds);

  /**
   * Lists messages whose next attempt is due, the longest due first, with the attachments that have
   * their outcome already. What is due in more than a day is due now: the clock has been put back.
   */
  List<MailRecord> due(Mailbox mailbox, Instant now, int limit);

  /**
   * Writes these messages, all or none. A message that is there already gets its new state; an
   * attachment that has an outcome keeps it, so that those of an earlier attempt may be left out.
   *
   * @param followUp whether those of which all that is wanted has been taken are to be {@linkplain
   *     FollowUps followed up}
   */
  void record(List<MailRecord> mails, boolean followUp);

  /** Writes these messages, and nothing is done with them afterwards. */
  default void record(List<MailRecord> mails) {
    record(mails, false);
  }

  /** Notes that work on these messages begins, once more if it has begun before. */
  void begin(Mailbox mailbox, Collection<String> messageIds);

  /** Notes that work on these messages has come to an end, or at least got further. */
  void end(Mailbox mailbox, Collection<String> messageIds);

  /**
   * How often work on these messages has begun without coming to an end since: as often as the
   * process died meanwhile. Only of those of which there is such a note.
   */
  Map<String, Integer> unended(Mailbox mailbox, Collection<String> messageIds);

  /**
   * Lets a message be worked on again: drops what became of these attachments, and makes its next
   * attempt due.
   *
   * @param note why, in words
   */
  void reopen(MailRecord mail, Collection<AttachmentRecord> attachments, String note);

  /** Looks up a folder by its configured name. */
  Optional<FolderRecord> folder(Mailbox mailbox, String name);

  /** Saves how far a folder has been read; no cursor means from its beginning. */
  void saveCursor(Mailbox mailbox, MailFolder folder, @Nullable Cursor cursor);

  /** Drops what is known of a folder, so that it is looked up and read from its beginning again. */
  void dropFolder(Mailbox mailbox, String name);

  /**
   * Makes what these entries of the configuration stand for the watched mailboxes; what is recorded
   * of others stays.
   */
  void watch(Collection<String> entries, Discovery found);

  /** What was found when it was last looked, if that was for these entries. */
  Optional<Discovery> watched(Collection<String> entries);

  /** Saves how watched mailboxes stand. */
  void saveMailboxes(Collection<MailboxRecord> mailboxes);

  /**
   * Deletes the records of messages that were last worked on before the given time and wait for
   * nothing. A fingerprint of each stays for good: when a cursor expires, the mail system lists the
   * whole folder anew, and old mail must not be taken for new.
   *
   * @return how many messages were forgotten
   */
  int forget(Instant before);
}
