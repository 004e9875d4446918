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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The producing side as the monitor runs it: several threads encode tasks into batches and enqueue
 * them, so that some encode while the batch of another is on its way.
 */
final class Enqueue {
  /** So that the server has a batch to store while others are being encoded and sent. */
  static final int THREADS = 3;

  private static final int BATCH_TASKS = 64;
  private static final int BATCH_BYTES = 8 * 1024 * 1024;

  private final Options options;
  private final Harness harness = new Harness();

  Enqueue(Options options) {
    this.options = options;
  }

  void run() throws Exception {
    Workload workload = Workload.read(Path.of(options.text("workload")), options.number("count"));
    int threads = options.number("threads", THREADS);
    boolean latency = options.has("pace-ms");
    new WarmUp(options).run(WarmUp.Role.PRODUCER, latency);
    try (RedisTaskQueue queue = options.queue(options.text("queue"))) {
      queue.health();
      harness.awaitGo();
      double begun = Harness.now();
      Harness.Tally tally =
          latency
              ? paced(workload, queue, options.number("pace-ms") * 1_000_000L, harness::stamp)
              : all(workload, queue, threads);
      harness.report(tally, begun, Harness.now());
    }
  }

  /** As fast as it goes. */
  static Harness.Tally all(Workload workload, TaskProducer queue, int threads) throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<Harness.Tally>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(lanes.submit(() -> lane(workload, queue, next)));
      }
      Harness.Tally tally = Harness.Tally.NOTHING;
      for (Future<Harness.Tally> part : parts) {
        tally = tally.plus(part.get());
      }
      return tally;
    } finally {
      lanes.shutdownNow();
    }
  }

  private static Harness.Tally lane(Workload workload, TaskProducer queue, AtomicInteger next) {
    Harness.Tally tally = Harness.Tally.NOTHING;
    List<Workload.Item> items = take(workload, next);
    while (!items.isEmpty()) {
      tally = tally.plus(send(queue, items.stream().map(workload::encode).toList()));
      items = take(workload, next);
    }
    return tally;
  }

  /** The next batch. */
  private static List<Workload.Item> take(Workload workload, AtomicInteger next) {
    synchronized (next) {
      int from = next.get();
      int to = from;
      long bytes = 0;
      while (to < workload.items().size()
          && to - from < BATCH_TASKS
          && (to == from || bytes + encodedSize(workload, to) <= BATCH_BYTES)) {
        bytes += encodedSize(workload, to);
        to++;
      }
      next.set(to);
      return workload.items().subList(from, to);
    }
  }

  private static long encodedSize(Workload workload, int index) {
    return workload.items().get(index).task().attachmentSize() * 4L / 3;
  }

  /** One task at a time, for measuring how long each takes to reach its handler. */
  static Harness.Tally paced(
      Workload workload, TaskProducer queue, long nanos, Consumer<String> begun) {
    Harness.Tally tally = Harness.Tally.NOTHING;
    long begin = System.nanoTime();
    for (Workload.Item item : workload.items()) {
      long due = begin + tally.tasks() * nanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      begun.accept(item.task().taskId());
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
