package io.emailmonitor.monitor.intake;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.mailbox.MailSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The intake as a running part of the service: owns its threads (one that runs cycles, some for
 * mailboxes, some for their lanes) and their end. Safe for use by several threads.
 */
public final class Poller implements Intake, Managed {
  /** How long a cycle may finish what it has begun: containers are killed after ten seconds. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  /** How long to wait for a thread that has been interrupted. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final WorkThreads threads;
  private final Sweeps sweeps;
  private final Rounds rounds;
  private final CycleLoop loop;

  public Poller(
      IntakeSettings settings,
      MailSource source,
      AttachmentFilter filter,
      Delivery delivery,
      Ledger ledger,
      Clock clock,
      MetricRegistry registry) {
    threads = WorkThreads.start(settings.mailboxesAtOnce());
    Workshop shop =
        Workshop.equip(
            settings,
            source,
            filter,
            delivery,
            ledger.journal(),
            ledger.followUps(),
            clock,
            registry,
            threads);
    sweeps = shop.sweeps();
    rounds = new Rounds(settings, shop, ledger.history());
    loop = new CycleLoop(rounds::run, clock);
  }

  @Override
  public void start() {
    loop.start();
  }

  /**
   * Begins no new work, lets what is being fetched be handed on and recorded, and interrupts what
   * is not done in time. What was not recorded is fetched again after the next start.
   */
  @Override
  public void stop() throws InterruptedException {
    loop.quiet();
    rounds.quiet();
    boolean ended = loop.awaitEnd(GRACE);
    // Lanes first: the threads of mailboxes use the database, whose files an interrupt closes.
    threads.lanes().shutdownNow();
    if (!ended && !loop.awaitEnd(AFTER_INTERRUPT)) {
      loop.interrupt();
    }
    threads.mailboxes().shutdownNow();
  }

  @Override
  public AskedCycle processNow() {
    return loop.processNow();
  }

  @Override
  public AskedCycle reconcile(@Nullable Instant since) {
    sweeps.demand(since);
    return loop.processNext();
  }

  @Override
  public Optional<CycleReport> lastCycle() {
    return loop.last();
  }

  @Override
  public boolean running() {
    return loop.running();
  }

  @Override
  public Optional<Instant> nextCycleAt() {
    return loop.nextAt();
  }

  @Override
  public Optional<String> problem() {
    return loop.problem().or(this::stuck);
  }

  @Override
  public Optional<String> dead() {
    return loop.ended().or(this::stuck);
  }

  private Optional<String> stuck() {
    return loop.running() ? rounds.stuck() : Optional.empty();
  }
}
