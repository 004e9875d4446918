package io.emailmonitor.benchmarks;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskProducer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * The producing side as the monitor runs it: tasks are encoded into batches, and while one batch is
 * on its way the next is being encoded.
 */
final class Enqueue {
  private static final int BATCH_TASKS = 64;
  private static final int BATCH_BYTES = 8 * 1024 * 1024;

  private final Options options;
  private final Harness harness = new Harness();

  Enqueue(Options options) {
    this.options = options;
  }

  void run() throws Exception {
    Workload workload = Workload.read(Path.of(options.text("workload")), options.number("count"));
    new WarmUp(options).run(false);
    ExecutorService encoder = Executors.newSingleThreadExecutor();
    try (RedisTaskQueue queue = options.queue(options.text("queue"))) {
      queue.health();
      harness.awaitGo();
      double begun = Harness.now();
      Harness.Tally tally =
          options.has("pace-ms")
              ? paced(workload, queue, options.number("pace-ms") * 1_000_000L)
              : all(workload, queue, encoder);
      harness.report(tally, begun, Harness.now());
    } finally {
      encoder.shutdownNow();
    }
  }

  /** As fast as it goes. */
  static Harness.Tally all(Workload workload, TaskProducer queue, ExecutorService encoder)
      throws Exception {
    Harness.Tally tally = Harness.Tally.NOTHING;
    int next = 0;
    Future<List<EncodedTask>> batch = encoder.submit(() -> batch(workload, 0));
    while (next < workload.items().size()) {
      List<EncodedTask> tasks = batch.get();
      int from = next + tasks.size();
      batch = encoder.submit(() -> batch(workload, from));
      tally = tally.plus(send(queue, tasks));
      next = from;
    }
    return tally;
  }

  private static List<EncodedTask> batch(Workload workload, int from) {
    List<EncodedTask> tasks = new ArrayList<>();
    long bytes = 0;
    for (int i = from; i < workload.items().size() && tasks.size() < BATCH_TASKS; i++) {
      int size = workload.items().get(i).task().attachmentSize() / 3 * 4;
      if (!tasks.isEmpty() && bytes + size > BATCH_BYTES) {
        break;
      }
      tasks.add(workload.encode(workload.items().get(i)));
      bytes += size;
    }
    return tasks;
  }

  /** One task at a time, for measuring how long each takes to reach its handler. */
  private Harness.Tally paced(Workload workload, TaskProducer queue, long nanos) {
    Harness.Tally tally = Harness.Tally.NOTHING;
    long begin = System.nanoTime();
    for (Workload.Item item : workload.items()) {
      long due = begin + tally.tasks() * nanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      harness.stamp(item.task().taskId());
      tally = tally.plus(send(queue, List.of(workload.encode(item))));
    }
    return tally;
  }

  private static Harness.Tally send(TaskProducer queue, List<EncodedTask> tasks) {
    for (EnqueueResult result : queue.enqueue(tasks)) {
      if (result != EnqueueResult.ENQUEUED) {
        throw new IllegalStateException("a task was not enqueued: " + result);
      }
    }
    long bytes = tasks.stream().mapToLong(task -> task.task().attachmentSize()).sum();
    return new Harness.Tally(tasks.size(), bytes, 0);
  }
}
