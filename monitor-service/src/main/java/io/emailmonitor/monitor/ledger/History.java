package io.emailmonitor.monitor.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger's reading side. Safe for use by several threads. */
public interface History {
  /** Looks a message up by its immutable id or its Message-ID header, with its attachments. */
  Optional<MailRecord> mail(String messageId);

  /** Lists the messages that were worked on last, latest first, with their attachments. */
  default List<MailRecord> recent(int offset, int limit) {
    return find(MailFilter.ALL, offset, limit);
  }

  /**
   * The same for the messages that somebody looks for.
   *
   * @throws SearchTooLongException if that takes too long
   */
  List<MailRecord> find(MailFilter filter, int offset, int limit);

  Totals totals();

  /** The sums for each mailbox by its address. */
  Map<String, Totals> totalsByMailbox();

  List<MailboxRecord> mailboxes();

  /** Makes one cheap query that shows whether the database answers. */
  void check();
}
