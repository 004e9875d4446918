package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailListing;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a refusal reaches: a message that may not be read is left to its own schedule, while a
 * mailbox in which none may (its changes are open to weaker permissions) is parked, so that its
 * mail is not given up message by message. Asks at most once; safe for use by several threads.
 */
final class Reach {
  /** So many others, far apart from each other, must be refused as well. */
  private static final int SAMPLES = 5;

  private final MailSource source;
  private final Mailbox mailbox;
  private @Nullable Boolean everywhere;

  Reach(MailSource source, Mailbox mailbox) {
    this.source = source;
    this.mailbox = mailbox;
  }

  /** Why a failure that befell one message ends the work on the mailbox, if it does. */
  Optional<Stop> stop(Work work, MailSourceException e) {
    if (e.kind() != Kind.FORBIDDEN) {
      return Stop.of(e);
    }
    try {
      return isEverywhere(work)
          ? Optional.of(Stop.of(Stop.Kind.UNUSABLE, Failure.words(e)))
          : Optional.empty();
    } catch (MailSourceException other) {
      return Stop.of(other);
    }
  }

  private synchronized boolean isEverywhere(Work refused) {
    Boolean known = everywhere;
    if (known == null) {
      known = ask(refused);
      everywhere = known;
    }
    return known;
  }

  private boolean ask(Work refused) {
    MailFolder folder = source.folder(mailbox, refused.folder());
    MailListing listing = source.list(mailbox, folder, Instant.EPOCH, null);
    List<Mail> others =
        listing.mails().stream().filter(mail -> !mail.id().equals(refused.mail().id())).toList();
    int step = Math.max(1, others.size() / SAMPLES);
    for (int i = 0; i < others.size(); i += step) {
      if (isOpen(others.get(i))) {
        return false;
      }
    }
    // A mailbox without other messages tells nothing.
    return !others.isEmpty();
  }

  private boolean isOpen(Mail mail) {
    try {
      source.attachments(mailbox, mail);
      return true;
    } catch (MailSourceException e) {
      if (e.kind() == Kind.FORBIDDEN) {
        return false;
      } else if (e.kind() == Kind.GONE || e.kind() == Kind.REJECTED) {
        return true;
      }
      throw e;
    }
  }
}
