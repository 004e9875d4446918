package io.emailmonitor.monitor.delivery;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.monitor.ledger.StoredFiles;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.service.health.Repeated;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than it is to be kept, every hour on a thread of its own: stored files and
 * dead tasks. Counts them as {@code retention.files}, {@code retention.bytes} and {@code
 * retention.dead}, and says so in the log. Safe for use by several threads.
 */
public final class Retention implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int DEAD_AT_ONCE = 100;

  /**
   * For how long what is kept.
   *
   * @param files stored for good; zero for ever
   * @param dead tasks that were given up; zero for ever
   */
  public record Ages(Duration files, Duration dead) {
    boolean isForEver() {
      return files.isZero() && dead.isZero();
    }
  }

  private final Ages ages;
  private final OldFiles files;
  private final Optional<? extends QueueInspector> queue;
  private final Clock clock;
  private final Counter filesRemoved;
  private final Counter bytesRemoved;
  private final Counter deadRemoved;
  private final Repeated loop;
  private long filesInRound;
  private long bytesInRound;
  private long deadInRound;

  private Retention(
      Ages ages,
      OldFiles files,
      Optional<? extends QueueInspector> queue,
      Clock clock,
      MetricRegistry registry) {
    this.ages = ages;
    this.files = files;
    this.queue = queue;
    this.clock = clock;
    this.filesRemoved = registry.counter("retention.files");
    this.bytesRemoved = registry.counter("retention.bytes");
    this.deadRemoved = registry.counter("retention.dead");
    this.loop =
        new Repeated(
            "retention",
            "the removal of what is old",
            "what is older than it should be kept is not removed",
            Repeated.LONGEST_ROUND,
            SOON,
            this::step);
  }

  /**
   * Removes nothing yet; empty if all is kept for ever.
   *
   * @param storage where files are stored, or were when the queue was off
   */
  public static Optional<Retention> of(
      Ages ages,
      LocalStorage storage,
      StoredFiles ledger,
      Optional<? extends QueueInspector> queue,
      Clock clock,
      MetricRegistry registry) {
    return ages.isForEver()
        ? Optional.empty()
        : Optional.of(new Retention(ages, new OldFiles(storage, ledger), queue, clock, registry));
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() throws InterruptedException {
    loop.stop();
  }

  /** Why something old could not be removed. */
  public Optional<String> problem() {
    return loop.problem();
  }

  /** Why nothing but a restart lets it go on. */
  public Optional<String> dead() {
    return loop.dead();
  }

  /** Removes some of it; returns how long to pause before the next step. */
  Duration step() {
    boolean more = !ages.files().isZero() && removeFiles();
    boolean queueAnswers = true;
    try {
      more |= !ages.dead().isZero() && removeDead();
    } catch (QueueUnavailableException e) {
      // Whoever needs the queue says so louder.
      queueAnswers = false;
    }
    if (more) {
      return Duration.ZERO;
    }
    tell();
    files.obstacle().ifPresent(Retention::fail);
    return queueAnswers ? INTERVAL : SOON;
  }

  private boolean removeFiles() {
    OldFiles.Step step = files.step(clock.instant().minus(ages.files()));
    filesInRound += step.tasks();
    bytesInRound += step.bytes();
    filesRemoved.inc(step.tasks());
    bytesRemoved.inc(step.bytes());
    return step.more();
  }

  private boolean removeDead() {
    int dead = queue.map(q -> q.expire(ages.dead(), DEAD_AT_ONCE)).orElse(0);
    deadInRound += dead;
    deadRemoved.inc(dead);
    return dead == DEAD_AT_ONCE;
  }

  private void tell() {
    if (filesInRound > 0) {
      LOG.info(
          "removed {} stored files of {} bytes, older than {} (ATTACHMENTS_RETENTION)",
          filesInRound,
          bytesInRound,
          ages.files());
    }
    if (deadInRound > 0) {
      LOG.info(
          "removed {} tasks that were dead for longer than {} (DEAD_TASK_RETENTION)",
          deadInRound,
          ages.dead());
    }
    filesInRound = 0;
    bytesInRound = 0;
    deadInRound = 0;
  }

  private static void fail(String obstacle) {
    throw new IllegalStateException(
        "some stored files cannot be deleted: "
            + obstacle
            + ". Check the permissions of ATTACHMENTS_DIR");
  }
}
