package io.emailmonitor.monitor.mailbox;

import java.util.List;

/**
 * What one request for changes brought.
 *
 * @param mails new or changed messages, some perhaps {@linkplain Mail#isIdOnly() by id only}; the
 *     same one may come again on any later page
 * @param removedIds messages that left the folder (deleted or moved), which says nothing about work
 *     already begun
 * @param next where to continue: to be saved only when what this page brought is durable
 * @param more whether the next page can be fetched at once; false ends the round until the next
 *     poll
 */
public record MailPage(List<Mail> mails, List<String> removedIds, Cursor next, boolean more) {
  public MailPage {
    mails = List.copyOf(mails);
    removedIds = List.copyOf(removedIds);
  }
}
