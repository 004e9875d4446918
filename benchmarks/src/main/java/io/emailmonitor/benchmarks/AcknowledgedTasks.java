package io.emailmonitor.benchmarks;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.TaskSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue that notes when its tasks are acknowledged. Safe for use by any number of threads. */
final class AcknowledgedTasks implements TaskSource {
  private final TaskSource queue;
  private final int count;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(1);
  private volatile double last = Harness.now();

  AcknowledgedTasks(TaskSource queue, int count) {
    this.queue = queue;
    this.count = count;
  }

  double last() {
    return last;
  }

  /** Returns when all are acknowledged, or none has been for a while. */
  void awaitAll(Duration patience) throws InterruptedException {
    boolean done = false;
    for (double left = patience.toMillis(); !done && left > 0; ) {
      done = all.await((long) Math.ceil(left), TimeUnit.MILLISECONDS);
      left = patience.toMillis() - (Harness.now() - last) * 1000;
    }
  }

  private List<Boolean> noted(List<Boolean> answers) {
    if (answers.contains(false)) {
      throw new IllegalStateException("a lease was lost");
    }
    if (!answers.isEmpty()) {
      last = Harness.now();
      if (acknowledged.addAndGet(answers.size()) >= count) {
        all.countDown();
      }
    }
    return answers;
  }

  @Override
  public List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    return noted(queue.acknowledge(tasks));
  }

  @Override
  public Turn acknowledgeAndClaim(List<ClaimedTask> done, Room room) {
    Turn turn = queue.acknowledgeAndClaim(done, room);
    noted(turn.acknowledged());
    return turn;
  }

  @Override
  public Claim claim(Room room) {
    return queue.claim(room);
  }

  /** Not for long: stopping cannot interrupt it, and there are many short runs before the one. */
  @Override
  public Claim awaitAndClaim(Duration atMost, Room room) {
    return queue.awaitAndClaim(Duration.ofMillis(50), room);
  }

  @Override
  public void awaitWork(Duration atMost) {
    queue.awaitWork(atMost);
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
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
