package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.WaitingTasks;
import io.emailmonitor.monitor.ledger.WaitingTasks.Waiting;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.service.health.Repeated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries tasks from the waiting room to the queue, the oldest first: enqueues them under the id
 * that they had from the beginning, records that, then deletes the file. Whatever is done twice
 * after a crash changes nothing. For one thread.
 */
final class Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

  /** So many tasks, or bytes, are in memory at a time; a single task may be larger. */
  private static final int TASKS = 64;

  private static final long BYTES = 8L * 1024 * 1024;

  /** When the queue is full, but workers make room. */
  private static final Duration SOON = Duration.ofMillis(250);

  /** After so long nobody fetches again what was stored and never recorded. */
  private static final Duration ABANDONED = Duration.ofDays(30);

  private static final int FILES_AT_ONCE = 500;

  private final WaitingRoom room;
  private final Delivery queue;
  private final QueueInspector inspector;
  private final WaitingTasks ledger;
  private final FallbackDelivery newcomers;
  private final WaitingMetrics metrics;
  private final Clock clock;
  private boolean tidy;
  private volatile @Nullable Instant oldest;

  Forwarder(
      WaitingRoom room,
      Delivery queue,
      QueueInspector inspector,
      WaitingTasks ledger,
      FallbackDelivery newcomers,
      WaitingMetrics metrics,
      Clock clock) {
    this.room = room;
    this.queue = queue;
    this.inspector = inspector;
    this.ledger = ledger;
    this.newcomers = newcomers;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Since when the oldest task waits; as of the last step. */
  Optional<Instant> oldest() {
    return Optional.ofNullable(oldest);
  }

  /**
   * Carries some of them.
   *
   * @return how long to pause before the next step
   * @throws QueueUnavailableException if the queue is down
   */
  Duration step() {
    tidyUp();
    List<Waiting> waiting = ledger.oldest(TASKS);
    oldest = waiting.isEmpty() ? null : waiting.get(0).since();
    if (waiting.isEmpty()) {
      return Repeated.PAUSE;
    }
    // Whether it answers, before anything is read from disk.
    inspector.stats();
    return newcomers.mayForward() ? forward(read(waiting)) : SOON;
  }

  /** Whatever is recorded and does not wait needs no file: a crash came before its deletion. */
  private void tidyUp() {
    if (!tidy) {
      remove(room.storedBefore(Instant.MAX), ledger::settled);
      remove(room.storedBefore(clock.instant().minus(ABANDONED)), this::unrecorded);
      tidy = true;
    }
  }

  private void remove(List<String> stored, Function<List<String>, Set<String>> needless) {
    for (int from = 0; from < stored.size(); from += FILES_AT_ONCE) {
      int to = Math.min(stored.size(), from + FILES_AT_ONCE);
      needless.apply(stored.subList(from, to)).forEach(room::remove);
    }
  }

  private Set<String> unrecorded(List<String> taskIds) {
    Set<String> unrecorded = new HashSet<>(taskIds);
    unrecorded.removeAll(ledger.recorded(taskIds));
    return unrecorded;
  }

  private List<EncodedTask> read(List<Waiting> waiting) {
    List<EncodedTask> tasks = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    long bytes = 0;
    for (Waiting next : waiting) {
      bytes += room.size(next.taskId());
      if (!tasks.isEmpty() && bytes > BYTES) {
        break;
      }
      read(next.taskId()).ifPresentOrElse(tasks::add, () -> lost.add(next.taskId()));
    }
    lost(lost);
    return tasks;
  }

  private Optional<EncodedTask> read(String taskId) {
    try {
      return room.get(taskId);
    } catch (IOException e) {
      throw new UncheckedIOException("its file cannot be read", e);
    }
  }

  private void lost(List<String> taskIds) {
    int again = ledger.lost(taskIds);
    if (again > 0) {
      LOG.warn("the files of {} waiting tasks are gone: they are fetched again", again);
      metrics.lost(again);
    }
  }

  private Duration forward(List<EncodedTask> tasks) {
    if (tasks.isEmpty()) {
      return Repeated.PAUSE;
    }
    List<Receipt> receipts = queue.deliver(tasks);
    List<String> enqueued = new ArrayList<>();
    Duration pause = Duration.ZERO;
    for (int i = 0; i < tasks.size(); i++) {
      String taskId = tasks.get(i).task().taskId();
      if (receipts.get(i) instanceof Receipt.Delivered) {
        enqueued.add(taskId);
      } else if (receipts.get(i) instanceof Receipt.Refused refused) {
        LOG.warn("task {}: {}", taskId, refused.why());
        ledger.refused(taskId, refused.reason(), refused.why());
        room.remove(taskId);
        metrics.refused();
      } else {
        pause = enqueued.isEmpty() ? Repeated.PAUSE : SOON;
      }
    }
    ledger.enqueued(enqueued);
    enqueued.forEach(room::remove);
    metrics.enqueued(enqueued.size());
    if (!enqueued.isEmpty()) {
      newcomers.forwarded();
    }
    return pause;
  }
}
