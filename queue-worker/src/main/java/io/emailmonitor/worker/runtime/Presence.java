package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.queue.WorkerPresence.Holding;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Shows on the queue that this worker is alive and what it holds. A queue that does not answer is
 * told elsewhere.
 */
final class Presence {
  private final TaskSource source;
  private final LeaseKeeper leases;
  private final String name;
  private final int concurrency;
  private final long beganNanos = System.nanoTime();

  Presence(TaskSource source, LeaseKeeper leases, Worker.Settings settings) {
    this.source = source;
    this.leases = leases;
    this.name = settings.name();
    this.concurrency = settings.concurrency();
  }

  void announce() {
    List<Holding> holdings =
        leases.held().stream()
            .map(Presence::holding)
            .sorted(Comparator.comparing(Holding::age).reversed())
            .toList();
    Duration uptime = Duration.ofNanos(System.nanoTime() - beganNanos);
    try {
      source.announce(new WorkerPresence(name, uptime, concurrency, holdings.size(), holdings));
    } catch (QueueUnavailableException e) {
      // Claims meet the same.
    }
  }

  private static Holding holding(Hold hold) {
    return new Holding(hold.task().claimId(), hold.taskId(), hold.task().attempt(), hold.age());
  }

  void leave() {
    try {
      source.leave(name);
    } catch (QueueUnavailableException e) {
      // Silence says the same a little later.
    }
  }
}
