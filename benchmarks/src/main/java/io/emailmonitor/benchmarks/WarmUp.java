package io.emailmonitor.benchmarks;

import io.emailmonitor.queue.RedisTaskQueue;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Brings the process into the state of a service that has run for a while: compiled code. */
final class WarmUp {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** The harness waits a minute; a busy machine must not use that up. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  /** Compiling this much in a round means that there is hardly anything left to compile. */
  private static final long LITTLE_MS = 40;

  /** In succession: what is being compiled counts only when it is done, which may take a second. */
  private static final int QUIET_ROUNDS = 4;

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final OwnQueue own;

  WarmUp(Options options) {
    this.own = new OwnQueue(options, options.text("queue") + ":warm");
  }

  /**
   * What the process is about to do, on a queue of its own that is gone afterwards. Every round
   * does all of it: code that meets something new after it was compiled is compiled again.
   */
  void run(boolean consuming) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    int quiet = 0;
    for (int round = 0; quiet < QUIET_ROUNDS && System.nanoTime() < deadline; round++) {
      long before = compiler.getTotalCompilationTime();
      try (RedisTaskQueue queue = own.open()) {
        queue.health();
        pass(queue, Workload.madeUp(own.name() + round), consuming);
      } finally {
        own.forget();
      }
      quiet = compiler.getTotalCompilationTime() - before < LITTLE_MS ? quiet + 1 : 0;
    }
  }

  private static void pass(RedisTaskQueue queue, Workload workload, boolean consuming)
      throws Exception {
    Enqueue.all(workload, queue, Enqueue.THREADS);
    if (consuming) {
      new Consume.Drain(queue, workload.items().size(), PATIENCE, null).on(Consume.THREADS);
    } else {
      queue.clear();
    }
  }
}
