package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.TaskSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source between the worker and its queue that counts calls and can break on demand. */
final class WatchedSource implements TaskSource {
  private final TaskSource queue;
  final AtomicInteger claims = new AtomicInteger();
  final List<Duration> renewals = new CopyOnWriteArrayList<>();

  /** When the lease renewed last ends. */
  volatile Instant leaseEnd = Instant.MIN;

  volatile @Nullable Error breakage;

  /** What happens while the worker waits for work. */
  volatile Runnable meanwhile = () -> {};

  WatchedSource(TaskSource queue) {
    this.queue = queue;
  }

  @Override
  public Claim claim(Room room) {
    claims.incrementAndGet();
    Error error = breakage;
    if (error != null) {
      throw error;
    }
    return queue.claim(room);
  }

  /** Looks again soon, so that retries with short delays are seen in a short time. */
  @Override
  public void awaitWork(Duration atMost) {
    queue.awaitWork(Duration.ofMillis(5));
    meanwhile.run();
  }

  @Override
  public List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    return queue.acknowledge(tasks);
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    leaseEnd = Instant.now().plus(lease);
    renewals.add(lease);
    return queue.renew(task, lease);
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    return queue.retryAfter(task, delay, reason);
  }

  @Override
  public boolean release(ClaimedTask task) {
    return queue.release(task);
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    return queue.bury(task, reason);
  }
}
