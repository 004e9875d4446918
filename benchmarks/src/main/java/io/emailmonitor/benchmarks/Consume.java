package io.emailmonitor.benchmarks;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.runtime.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The consuming side: the worker itself, with a handler that decodes all of the content. */
final class Consume {
  /** The worker's default concurrency. */
  static final int THREADS = 2;

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
    new WarmUp(options).run(WarmUp.Role.CONSUMER, latency);
    try (RedisTaskQueue queue = options.queue(options.text("queue"))) {
      queue.health();
      harness.awaitGo();
      Drain drain = new Drain(queue, options.number("count"), patience, latency ? harness : null);
      double begun = Harness.now();
      Harness.Tally tally = drain.on(threads);
      harness.report(tally, begun, drain.lastAcknowledged());
    }
  }

  /** Works until there were enough tasks, or none for a while. */
  static final class Drain {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final AcknowledgedTasks source;
    private final Duration patience;
    private final @Nullable Harness stamps;
    private final ThreadLocal<Checked> checked = ThreadLocal.withInitial(Checked::new);
    private final LongAdder tasks = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder checks = new LongAdder();

    Drain(TaskSource source, int count, Duration patience, @Nullable Harness stamps) {
      this.source = new AcknowledgedTasks(source, count);
      this.patience = patience;
      this.stamps = stamps;
    }

    double lastAcknowledged() {
      return source.last();
    }

    Harness.Tally on(int threads) throws InterruptedException {
      Worker.Settings settings =
          new Worker.Settings(
              threads,
              LEASE,
              LEASE,
              1,
              new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1)),
              Duration.ofSeconds(10));
      Worker worker = new Worker(source, this::handle, settings, new MetricRegistry());
      worker.start();
      source.awaitAll(patience);
      worker.stop();
      return new Harness.Tally(tasks.intValue(), bytes.sum(), checks.sum());
    }

    private Outcome handle(Attempt attempt) throws IOException {
      if (stamps != null) {
        stamps.stamp(attempt.task().taskId());
      }
      Checked check = checked.get();
      attempt.transferContentTo(check);
      Harness.Tally taken = check.taken();
      tasks.add(taken.tasks());
      bytes.add(taken.bytes());
      checks.add(taken.check());
      return Outcome.done();
    }
  }
}
