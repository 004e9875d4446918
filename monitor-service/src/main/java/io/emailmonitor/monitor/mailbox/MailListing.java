package io.emailmonitor.monitor.mailbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a folder's messages.
 *
 * @param next where to continue; null at the end
 */
public record MailListing(List<Mail> mails, @Nullable Cursor next) {
  public MailListing {
    mails = List.copyOf(mails);
  }
}
