package io.emailmonitor.benchmarks;

import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskSource.Room;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes everything off a queue and tells when what is expected comes. */
final class Arrivals implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long BYTES = 8L * 1024 * 1024;

  private final RedisTaskQueue queue;
  private final Map<String, Runnable> expected = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::take, "arrivals");
  private volatile boolean closed;

  Arrivals(RedisTaskQueue queue) {
    this.queue = queue;
    thread.start();
  }

  /** Runs this when a task of that message comes. */
  void expect(String messageId, Runnable then) {
    expected.put(messageId, then);
  }

  private void take() {
    List<ClaimedTask> done = List.of();
    while (!closed) {
      done = queue.acknowledgeAndClaim(done, new Room(Room.MOST_TASKS, BYTES, true)).next().tasks();
      for (ClaimedTask task : done) {
        Object messageId = TaskCodec.facts(task.payload()).get("email_id");
        Runnable then = expected.remove(String.valueOf(messageId));
        if (then != null) {
          then.run();
        }
      }
      if (done.isEmpty()) {
        queue.awaitWork(PAUSE);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
