package io.emailmonitor.benchmarks;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The consuming side as a worker runs it: each thread claims, decodes all of the content and
 * acknowledges together with the next claim.
 */
final class Consume {
  /** The worker's default concurrency. */
  private static final int THREADS = 2;

  private final Options options;
  private final Harness harness = new Harness();

  Consume(Options options) {
    this.options = options;
  }

  void run() throws Exception {
    boolean latency = options.has("wait");
    int threads = latency ? 1 : options.number("threads", THREADS);
    Duration patience =
        latency ? Duration.ofSeconds(30) : Duration.ofMillis(options.number("idle-ms"));
    new WarmUp(options).run(true);
    try (RedisTaskQueue queue = options.queue(options.text("queue"))) {
      queue.health();
      harness.awaitGo();
      double begun = Harness.now();
      Drain drain = new Drain(queue, options.number("count"), patience, latency ? harness : null);
      Harness.Tally tally = drain.on(threads);
      harness.report(tally, begun, drain.lastAcknowledged());
    }
  }

  /** Takes tasks until there were enough, or none for a while. */
  static final class Drain {
    private final TaskSource source;
    private final int count;
    private final Duration patience;
    private final @Nullable Harness stamps;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile double lastAcknowledged = Harness.now();

    Drain(TaskSource source, int count, Duration patience, @Nullable Harness stamps) {
      this.source = source;
      this.count = count;
      this.patience = patience;
      this.stamps = stamps;
    }

    double lastAcknowledged() {
      return lastAcknowledged;
    }

    Harness.Tally on(int threads) throws Exception {
      ExecutorService workers = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Harness.Tally>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          parts.add(workers.submit(this::work));
        }
        Harness.Tally tally = Harness.Tally.NOTHING;
        for (Future<Harness.Tally> part : parts) {
          tally = tally.plus(part.get());
        }
        return tally;
      } finally {
        workers.shutdownNow();
      }
    }

    private Harness.Tally work() throws IOException {
      Checked checked = new Checked();
      Harness.Tally tally = Harness.Tally.NOTHING;
      Optional<ClaimedTask> next = claim();
      while (next.isPresent()) {
        tally = tally.plus(handle(next.get(), checked));
        next = acknowledge(next.get());
      }
      return tally;
    }

    private Harness.Tally handle(ClaimedTask task, Checked checked) throws IOException {
      DecodedTask decoded = TaskCodec.decode(task.payload());
      if (stamps != null) {
        stamps.stamp(decoded.task().taskId());
      }
      decoded.transferContentTo(checked);
      return checked.taken();
    }

    private Optional<ClaimedTask> acknowledge(ClaimedTask task) {
      boolean last = taken.incrementAndGet() >= count;
      TaskSource.Turn turn =
          last
              ? new TaskSource.Turn(source.acknowledge(task), Optional.empty())
              : source.acknowledgeAndClaim(task);
      if (!turn.acknowledged()) {
        throw new IllegalStateException("a lease was lost");
      }
      lastAcknowledged = Harness.now();
      return last || turn.next().isPresent() ? turn.next() : claim();
    }

    private Optional<ClaimedTask> claim() {
      long deadline = System.nanoTime() + patience.toNanos();
      Optional<ClaimedTask> task = source.claim();
      while (task.isEmpty() && taken.get() < count && System.nanoTime() < deadline) {
        source.awaitWork(Duration.ofNanos(deadline - System.nanoTime()));
        task = source.claim();
      }
      return task;
    }
  }
}
