package io.emailmonitor.monitor.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
     * @param asked whether somebody waits for it
     */
    Turn run(boolean asked) throws InterruptedException;
  }

  /** What a cycle did, and how long to pause. */
  record Turn(CycleReport report, Duration pause) {}

  private final Body body;
  private final Clock clock;
  private final Thread thread = new Thread(this::loop, "intake");
  private @Nullable CompletableFuture<CycleReport> running;
  private @Nullable CompletableFuture<CycleReport> asked;
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

  /** Runs a cycle now, or joins the running one. */
  CycleReport processNow() throws InterruptedException {
    return await(join(true));
  }

  /** Runs a cycle that begins after this call. */
  CycleReport processNext() throws InterruptedException {
    return await(join(false));
  }

  private static CycleReport await(CompletableFuture<CycleReport> cycle)
      throws InterruptedException {
    try {
      return cycle.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the intake is not running", e);
    }
  }

  private synchronized CompletableFuture<CycleReport> join(boolean orRunning) {
    if (orRunning && running != null) {
      return running;
    }
    if (quiet || !thread.isAlive()) {
      return CompletableFuture.failedFuture(new IllegalStateException("not started, or stopped"));
    }
    if (asked == null) {
      asked = new CompletableFuture<>();
      notifyAll();
    }
    return asked;
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
    if (!thread.isAlive()) {
      return Optional.of(quiet ? "the intake has been stopped" : "the intake is not running");
    }
    return Optional.ofNullable(problem);
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
      Optional<Boolean> turn = awaitTurn();
      while (turn.isPresent()) {
        finish(run(turn.get()));
        turn = awaitTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Whether the cycle that begins now was asked for; empty when none begins any more. */
  private synchronized Optional<Boolean> awaitTurn() throws InterruptedException {
    long left = nextNanos - System.nanoTime();
    while (!quiet && asked == null && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = nextNanos - System.nanoTime();
    }
    if (quiet) {
      return Optional.empty();
    }
    boolean wanted = asked != null;
    running = wanted ? asked : new CompletableFuture<>();
    asked = null;
    nextAt = null;
    return Optional.of(wanted);
  }

  private Turn run(boolean wanted) throws InterruptedException {
    Instant started = clock.instant();
    try {
      Turn turn = body.run(wanted);
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
    IllegalStateException stopped = new IllegalStateException("stopped");
    if (running != null) {
      running.completeExceptionally(stopped);
      running = null;
    }
    if (asked != null) {
      asked.completeExceptionally(stopped);
      asked = null;
    }
  }
}
