package io.emailmonitor.monitor.mailbox;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mail system. Safe for use by several threads. Every method may throw {@link
 * MailSourceException}, does not retry by itself, and never has more requests in flight for one
 * mailbox than the mail system allows.
 */
public interface MailSource {
  /**
   * Turns the configured entries (domains, group addresses, mailbox addresses) into mailboxes, each
   * once.
   */
  Discovery discover(List<String> entries);

  /** Takes what an earlier process found, for as long as it cannot be looked up again. */
  void recall(Discovery earlier);

  /**
   * Finds a folder by its well-known name, its display name at the top of the mailbox, or a path
   * such as {@code Inbox/Invoices}.
   */
  MailFolder folder(Mailbox mailbox, String name);

  /**
   * Lists the folders below another one, named by their paths, under which they can be found again.
   *
   * @param deep whether those below them are listed, too
   */
  List<MailFolder> subfolders(Mailbox mailbox, MailFolder folder, boolean deep);

  /** Fetches the next changes; no cursor asks for all that the folder holds. */
  MailPage changes(Mailbox mailbox, MailFolder folder, @Nullable Cursor from);

  /** Looks a message up by its immutable id, in whichever folder it is now. */
  Mail mail(Mailbox mailbox, String mailId);

  /**
   * Lists messages that a folder holds now, the oldest first, without regard to what changed.
   *
   * @param since when the oldest of them was received
   * @param from where to continue; null for the beginning
   */
  MailListing list(Mailbox mailbox, MailFolder folder, Instant since, @Nullable Cursor from);

  /** Lists the messages that came last to a folder, the latest first; at most a thousand. */
  List<Mail> latest(Mailbox mailbox, MailFolder folder, int count);

  /** Lists a message's attachments without their content. */
  List<Attachment> attachments(Mailbox mailbox, Mail mail);

  /** A message's body as text. */
  String bodyText(Mailbox mailbox, String mailId);

  /**
   * Opens an attachment's content, to be closed by the caller. Reading fails with an {@link
   * java.io.IOException} when the connection breaks or the stream ends early. Until it is closed it
   * counts as a request in flight, so a thread that waits for another answer while it holds one can
   * wait for itself.
   */
  InputStream open(Mailbox mailbox, Mail mail, Attachment attachment);

  /** Marks and moves a message as wanted; what is so already is left so. */
  void follow(Mailbox mailbox, Mail mail, FollowUp wanted);

  /** Makes one cheap request that shows whether credentials and network work. */
  void check();
}
