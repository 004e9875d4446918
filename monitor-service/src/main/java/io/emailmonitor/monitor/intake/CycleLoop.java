package io.emailmonitor.monitor.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs cycles one after the other on one thread: after a pause, or as soon as somebody asks. Waits
 * by the machine's uptime, so that a changed clock does not stop it. Safe for use by several
 * threads.
 */
final class CycleLoop {
  private static final Logger LOG = LoggerFactory.getLogger(CycleLoop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  /** One cycle. */
  interface Body {
    /**
     * Runs it.
     *
     * @param asked whether somebody asked for it
     * @param run is told how far it is
     */
    Turn run(boolean asked, CycleRun run) throws InterruptedException;
  }

  /** What a cycle did, and how long to pause. */
  record Turn(CycleReport report, Duration pause) {}

  private record Beginning(boolean wanted, CycleRun run) {}

  private final Body body;
  private final Clock clock;
  private final Thread thread = new Thread(this::loop, "intake");
  private @Nullable CycleRun running;
  private @Nullable CycleRun asked;
  private @Nullable CycleReport last;
  private @Nullable String problem;
  private @Nullable Instant nextAt;
  private long nextNanos = System.nanoTime();
  private boolean quiet;

  CycleLoop(Body body, Clock clock) {
    this.body = body;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Asks for a cycle now, or joins the running one. */
  synchronized AskedCycle processNow() {
    return running == null ? processNext() : running;
  }

  /** Asks for a cycle that begins after this call. */
  synchronized AskedCycle processNext() {
    CycleRun next = asked == null ? new CycleRun() : asked;
    if (quiet || !thread.isAlive()) {
      next.fail("the intake is not running");
    } else {
      asked = next;
      notifyAll();
    }
    return next;
  }

  synchronized Optional<CycleReport> last() {
    return Optional.ofNullable(last);
  }

  synchronized boolean running() {
    return running != null;
  }

  synchronized Optional<Instant> nextAt() {
    return Optional.ofNullable(nextAt);
  }

  /** Why no cycles run, or the last one broke. */
  synchronized Optional<String> problem() {
    return ended().or(() -> Optional.ofNullable(problem));
  }

  /** Why no cycles run any more. */
  synchronized Optional<String> ended() {
    return thread.isAlive()
        ? Optional.empty()
        : Optional.of(quiet ? "the intake has been stopped" : "the intake is not running");
  }

  /** Begins no further cycle; does not wait. */
  synchronized void quiet() {
    quiet = true;
    notifyAll();
  }

  /** Waits for the thread's end; false if that did not come in time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(atMost.toMillis());
    return !thread.isAlive();
  }

  void interrupt() {
    thread.interrupt();
  }

  private void loop() {
    try {
      Optional<Beginning> next = awaitTurn();
      while (next.isPresent()) {
        finish(run(next.get()));
        next = awaitTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** The cycle that begins now; empty when none begins any more. */
  private synchronized Optional<Beginning> awaitTurn() throws InterruptedException {
    long left = nextNanos - System.nanoTime();
    while (!quiet && asked == null && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = nextNanos - System.nanoTime();
    }
    if (quiet) {
      return Optional.empty();
    }
    boolean wanted = asked != null;
    CycleRun run = asked == null ? new CycleRun() : asked;
    running = run;
    asked = null;
    nextAt = null;
    return Optional.of(new Beginning(wanted, run));
  }

  private Turn run(Beginning beginning) throws InterruptedException {
    Instant started = clock.instant();
    beginning.run().begin(started);
    try {
      Turn turn = body.run(beginning.wanted(), beginning.run());
      broke(null);
      return turn;
    } catch (RuntimeException | Error e) {
      String words = Failure.words(e);
      LOG.error("the cycle broke: {}", words, Failure.trace(e));
      broke("the last cycle broke: " + words);
      return new Turn(CycleReport.broken(started, clock.instant(), words), AFTER_FAILURE);
    }
  }

  private synchronized void broke(@Nullable String words) {
    problem = words;
  }

  private synchronized void finish(Turn turn) {
    last = turn.report();
    nextNanos = System.nanoTime() + turn.pause().toNanos();
    nextAt = clock.instant().plus(turn.pause());
    if (running != null) {
      running.complete(turn.report());
      running = null;
    }
  }

  private synchronized void end() {
    quiet = true;
    nextAt = null;
    if (running != null) {
      running.fail("the intake has been stopped");
      running = null;
    }
    if (asked != null) {
      asked.fail("the intake has been stopped");
      asked = null;
    }
  }
}
