package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cycle consists of: the list of mailboxes, the visits, clearing up old records. One thread
 * runs it; others may ask whether it is stuck, and quiet it.
 */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** Longer than any single request or hand-off takes. */
  private static final Duration STUCK = Duration.ofMinutes(15);

  private static final Duration CLEAR_UP = Duration.ofHours(1);
  private static final Duration FIRST_HELD_PAUSE = Duration.ofSeconds(1);

  private final IntakeSettings settings;
  private final Workshop shop;
  private final History history;
  private final Watchlist watchlist;
  private final Clock clock;
  private Instant clearUpAt = Instant.MIN;
  private Duration heldPause = FIRST_HELD_PAUSE;
  private volatile Instant lastProgress = Instant.MAX;
  private volatile boolean quiet;
  private volatile @Nullable Brake brake;

  Rounds(IntakeSettings settings, Workshop shop, History history) {
    this.settings = settings;
    this.shop = shop;
    this.history = history;
    this.clock = shop.clock();
    this.watchlist =
        new Watchlist(
            shop.source(),
            shop.journal(),
            settings.entries(),
            shop.messages().filter().mailboxes(),
            clock);
  }

  CycleLoop.Turn run(boolean asked, CycleRun run) throws InterruptedException {
    Instant started = clock.instant();
    long nanos = System.nanoTime();
    progress();
    Brake cycleBrake = begin();
    List<String> problems = new ArrayList<>();
    List<MailboxReport> reports = new ArrayList<>();
    try {
      problems.addAll(watchlist.refresh(asked));
      Cycle cycle = new Cycle(shop, settings.pollInterval(), cycleBrake, run, this::progress);
      cycle.run(history.mailboxes(), asked).forEach(visited -> reports.add(visited.report()));
    } catch (MailSourceException e) {
      problems.add("mailboxes cannot be looked up: " + Failure.words(e));
      LOG.warn("mailboxes cannot be looked up: {}", Failure.words(e));
    }
    Optional<Stop> stop = cycleBrake.pulled().filter(s -> s.kind() != Stop.Kind.QUIET);
    stop.ifPresent(s -> problems.add("stopped for all mailboxes: " + s.why()));
    stop.ifPresent(s -> LOG.warn("stopped for all mailboxes: {}", s.why()));
    clearUp();
    CycleReport report = new CycleReport(started, clock.instant(), reports, problems);
    Duration took = Duration.ofNanos(System.nanoTime() - nanos);
    shop.metrics().cycle(took);
    summarize(report, took);
    return new CycleLoop.Turn(report, pause(stop, report));
  }

  private Brake begin() {
    Brake cycleBrake = Brake.ofCycle();
    brake = cycleBrake;
    if (quiet) {
      quiet();
    }
    return cycleBrake;
  }

  /** Ends the running cycle as soon as what is being fetched is handed on and recorded. */
  void quiet() {
    quiet = true;
    Brake running = brake;
    if (running != null) {
      running.pull(Stop.of(Stop.Kind.QUIET, "the service is being stopped"));
    }
  }

  private void progress() {
    lastProgress = clock.instant();
  }

  /** Why the running cycle seems to be stuck. */
  Optional<String> stuck() {
    Duration silence = Duration.between(lastProgress, clock.instant());
    return silence.compareTo(STUCK) < 0
        ? Optional.empty()
        : Optional.of(
            "the running cycle has made no progress for "
                + silence.toMinutes()
                + " min. Restart the monitor, nothing is lost by it; a thread dump (/threads on the"
                + " admin port) shows where it hangs");
  }

  private void clearUp() {
    Instant now = clock.instant();
    if (!now.isBefore(clearUpAt)) {
      clearUpAt = now.plus(CLEAR_UP);
      int forgotten = shop.journal().forget(now.minus(settings.historyRetention()));
      if (forgotten > 0) {
        LOG.info("forgot the records of {} messages by their age", forgotten);
      }
    }
  }

  /**
   * When something could not be handed on, the next cycle comes sooner: at once when workers make
   * room for some, later and later when nothing moves.
   */
  private Duration pause(Optional<Stop> stop, CycleReport report) {
    boolean held = stop.isPresent() && stop.get().kind() == Stop.Kind.HELD;
    boolean moved = report.mailboxes().stream().anyMatch(m -> m.enqueued() + m.stored() > 0);
    Duration longest = settings.pollInterval();
    if (!held) {
      heldPause = FIRST_HELD_PAUSE;
      return report.sum().more() ? Duration.ZERO : longest;
    }
    heldPause = moved ? FIRST_HELD_PAUSE : heldPause.multipliedBy(2);
    heldPause = heldPause.compareTo(longest) > 0 ? longest : heldPause;
    // Several monitors that lost the same Redis must not come back to it all at once.
    return heldPause.multipliedBy(ThreadLocalRandom.current().nextInt(75, 101)).dividedBy(100);
  }

  private static void summarize(CycleReport report, Duration took) {
    MailboxReport sum = report.sum();
    if (sum.messages() > 0) {
      LOG.info(
          "{} messages with {} attachments: {} enqueued, {} stored, {} skipped, {} failed;"
              + " {} messages wait for another attempt; took {} ms",
          sum.messages(),
          sum.fetched(),
          sum.enqueued(),
          sum.stored(),
          sum.skipped(),
          sum.failed(),
          sum.retrying(),
          took.toMillis());
    }
  }
}
