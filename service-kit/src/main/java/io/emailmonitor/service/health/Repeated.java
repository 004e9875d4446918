package io.emailmonitor.service.health;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step on a thread of its own until it is stopped, also after failures, and says when it
 * no longer does. Safe for use by several threads.
 */
public final class Repeated implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

  /** How long to leave alone what does not answer, or has nothing to do. */
  public static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Of longer pauses a part, after which the loop shows that it still goes round. */
  private static final Duration PART = Duration.ofSeconds(10);

  /** Longer than a step takes, however slow Redis and disk are. */
  public static final Duration LONGEST_ROUND = Duration.ofMinutes(3);

  private final String what;
  private final String failure;
  private final Pulse pulse;
  private final Supplier<Duration> step;
  private final Duration afterFailure;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String problem;

  /**
   * Does nothing yet.
   *
   * @param name the thread's
   * @param what what is done, in words
   * @param failure what it means when a step fails, in words
   * @param longestRound what takes longer hangs
   * @param step does some work, and tells how long to pause after it
   */
  public Repeated(
      String name, String what, String failure, Duration longestRound, Supplier<Duration> step) {
    this(name, what, failure, longestRound, PAUSE, step);
  }

  /**
   * The same for what is not urgent.
   *
   * @param afterFailure how long to pause when a step has failed
   */
  public Repeated(
      String name,
      String what,
      String failure,
      Duration longestRound,
      Duration afterFailure,
      Supplier<Duration> step) {
    this.what = what;
    this.afterFailure = afterFailure;
    this.pulse = new Pulse(what, longestRound);
    this.failure = failure;
    this.step = step;
    this.thread = new Thread(this::loop, name);
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Without an interrupt, which would close the files of the database. */
  @Override
  public void stop() throws InterruptedException {
    stop.countDown();
    thread.join(PATIENCE.toMillis());
  }

  /** Why it does not do its work at the moment. */
  public Optional<String> problem() {
    return dead().or(() -> Optional.ofNullable(problem));
  }

  /** Why nothing but a restart lets it go on. */
  public Optional<String> dead() {
    return thread.isAlive()
        ? pulse.problem()
        : Optional.of(what + " is not running. Restart the process; the log says why");
  }

  private void loop() {
    try {
      Duration pause = Duration.ZERO;
      while (!isStoppedWithin(pause)) {
        pause = guardedStep();
      }
    } catch (InterruptedException e) {
      LOG.error("interrupted from outside: {}", failure);
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStoppedWithin(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    boolean stopped;
    do {
      pulse.beat();
      long left = Math.min(end - System.nanoTime(), PART.toNanos());
      stopped = stop.await(left, TimeUnit.NANOSECONDS);
    } while (!stopped && System.nanoTime() - end < 0);
    return stopped;
  }

  private Duration guardedStep() {
    try {
      Duration pause = step.get();
      problem = null;
      return pause;
    } catch (RuntimeException e) {
      LOG.debug("a step failed", e);
      String words = failure + ": " + e.getMessage();
      if (problem == null && stop.getCount() > 0) {
        LOG.warn("{}; trying again until it works", words);
      }
      problem = words;
      return afterFailure;
    }
  }
}
