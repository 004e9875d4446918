package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.filter.MailboxFilter;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which mailboxes the configured entries stand for, looked up from time to time. For one thread.
 */
final class Watchlist {
  private static final Logger LOG = LoggerFactory.getLogger(Watchlist.class);
  private static final Duration REFRESH = Duration.ofHours(1);

  private final MailSource source;
  private final Journal journal;
  private final List<String> entries;
  private final MailboxFilter filter;
  private final Clock clock;
  private @Nullable Discovery latest;
  private boolean recalled;
  private Instant refreshAt = Instant.MIN;

  Watchlist(
      MailSource source, Journal journal, List<String> entries, MailboxFilter filter, Clock clock) {
    this.source = source;
    this.journal = journal;
    this.entries = entries;
    this.filter = filter;
    this.clock = clock;
  }

  /**
   * Looks the mailboxes up when that is due or asked for, and tells the journal. While it fails,
   * the last known ones stay, also those that an earlier process found.
   *
   * @return what is wrong, in words
   * @throws MailSourceException if the credentials do not work, or no mailbox is known yet
   */
  List<String> refresh(boolean asked) {
    List<String> problems = new ArrayList<>();
    if (asked || isDue()) {
      try {
        discover();
      } catch (MailSourceException e) {
        if (e.kind() == MailSourceException.Kind.UNAUTHENTICATED || !isAnyKnown()) {
          throw e;
        }
        LOG.warn("mailboxes cannot be looked up, the known ones stay: {}", Failure.words(e));
        problems.add("mailboxes cannot be looked up: " + Failure.words(e));
      }
    }
    if (latest != null) {
      Map<String, String> sorted = new TreeMap<>(latest.problems());
      sorted.forEach((entry, problem) -> problems.add("'" + entry + "': " + problem));
    }
    return problems;
  }

  private boolean isAnyKnown() {
    if (latest == null && !recalled) {
      Optional<Discovery> earlier = journal.watched(entries);
      earlier.ifPresent(this::recall);
      recalled = earlier.isPresent();
    }
    return latest != null || recalled;
  }

  /** The rules may leave out more than they did then. */
  private void recall(Discovery earlier) {
    source.recall(earlier);
    List<Mailbox> wanted = earlier.mailboxes().stream().filter(this::isWanted).toList();
    journal.watch(entries, new Discovery(wanted, earlier.userIds(), earlier.problems()));
  }

  private boolean isDue() {
    Instant now = clock.instant();
    // Later than that it was never meant to be: the clock has been put back since.
    return !now.isBefore(refreshAt) || refreshAt.isAfter(now.plus(REFRESH));
  }

  private void discover() {
    Discovery found = source.discover(entries);
    if (!found.equals(latest)) {
      List<Mailbox> wanted = found.mailboxes().stream().filter(this::isWanted).toList();
      LOG.info(
          "watching {} mailboxes, {} are left out by the rules; {} of {} entries cannot be resolved",
          wanted.size(),
          found.mailboxes().size() - wanted.size(),
          found.problems().size(),
          entries.size());
      journal.watch(entries, new Discovery(wanted, found.userIds(), found.problems()));
    }
    latest = found;
    refreshAt = clock.instant().plus(REFRESH);
  }

  private boolean isWanted(Mailbox mailbox) {
    return filter.judge(mailbox) instanceof Verdict.Accept;
  }
}
