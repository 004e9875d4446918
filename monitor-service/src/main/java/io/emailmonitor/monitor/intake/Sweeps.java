package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.MailboxRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a mailbox is reconciled, and keeps what is not finished. Safe for several threads.
 */
final class Sweeps {
  /** What somebody asked for, of every mailbox. */
  private record Demand(Instant at, Instant since) {}

  private final Reconciliation settings;
  private final Clock clock;
  private final Map<String, Sweep> open = new ConcurrentHashMap<>();
  private volatile @Nullable Demand demand;

  Sweeps(Reconciliation settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Asks for every mailbox to be reconciled now.
   *
   * @param since when the oldest message to compare was received; null for the usual window
   */
  void demand(@Nullable Instant since) {
    Instant now = clock.instant();
    open.clear();
    demand = new Demand(now, since == null ? now.minus(settings.window()) : since);
  }

  /**
   * The sweep that a mailbox is due for. One that was never reconciled is not, unless asked for:
   * its first round reads all of it anyway.
   */
  Optional<Sweep> due(MailboxRecord mailbox) {
    Sweep begun = open.get(mailbox.address());
    if (begun != null) {
      return Optional.of(begun);
    }
    Instant now = clock.instant();
    Instant last = mailbox.reconciledAt();
    Demand asked = demand;
    Instant since = null;
    if (asked != null && (last == null || last.isBefore(asked.at()))) {
      since = asked.since();
    } else if (!settings.interval().isZero()
        && last != null
        && !now.isBefore(last.plus(settings.interval()))) {
      since = now.minus(settings.window());
    }
    if (since == null) {
      return Optional.empty();
    }
    Sweep sweep = new Sweep(since, now);
    open.put(mailbox.address(), sweep);
    return Optional.of(sweep);
  }

  /** A sweep has come to its end. */
  void close(MailboxRecord mailbox) {
    open.remove(mailbox.address());
  }
}
