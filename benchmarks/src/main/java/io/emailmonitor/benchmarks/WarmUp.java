package io.emailmonitor.benchmarks;

import io.emailmonitor.queue.RedisTaskQueue;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Brings the process into the state of a service that has run for a while: compiled code. */
final class WarmUp {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** The harness waits a minute; a busy machine must not use that up. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  /** Compiling this much in a round means that there is hardly anything left to compile. */
  private static final long LITTLE_MS = 40;

  /** In succession: what is being compiled counts only when it is done, which may take a second. */
  private static final int QUIET_ROUNDS = 4;

  /** Faster than any harness, so that the way of single tasks is as warm as that of many. */
  private static final Duration PACE = Duration.ofMillis(2);

  private static final int SINGLES = 1000;

  /** What the process is about to be. */
  enum Role {
    PRODUCER,
    CONSUMER
  }

  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final OwnQueue own;

  WarmUp(Options options) {
    this.own = new OwnQueue(options, options.text("queue") + ":warm");
  }

  /**
   * What the process is about to do, on a queue of its own that is gone afterwards. Every round
   * does all of it: code that meets something new after it was compiled is compiled again.
   *
   * @param oneByOne whether it is about to do so task by task, each after the one before
   */
  void run(Role role, boolean oneByOne) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    int quiet = 0;
    for (int round = 0; quiet < QUIET_ROUNDS && System.nanoTime() < deadline; round++) {
      long before = compiler.getTotalCompilationTime();
      try (RedisTaskQueue queue = own.open()) {
        queue.health();
        pass(queue, Workload.madeUp(own.name() + round), role);
        if (oneByOne) {
          passOneByOne(queue, Workload.madeUp(own.name() + round + "-single").first(SINGLES), role);
        }
      } finally {
        own.forget();
      }
      quiet = compiler.getTotalCompilationTime() - before < LITTLE_MS ? quiet + 1 : 0;
    }
  }

  private static void pass(RedisTaskQueue queue, Workload workload, Role role) throws Exception {
    Enqueue.all(workload, queue, Enqueue.THREADS);
    if (role == Role.CONSUMER) {
      drain(queue, workload).on(Consume.THREADS);
    } else {
      queue.clear();
    }
  }

  /** The consumer waits for each. */
  private static void passOneByOne(RedisTaskQueue queue, Workload workload, Role role)
      throws Exception {
    if (role == Role.CONSUMER) {
      CompletableFuture<?> enqueued =
          CompletableFuture.runAsync(() -> enqueueOneByOne(queue, workload));
      drain(queue, workload).on(1);
      enqueued.get();
    } else {
      enqueueOneByOne(queue, workload);
      queue.clear();
    }
  }

  private static void enqueueOneByOne(RedisTaskQueue queue, Workload workload) {
    Enqueue.paced(workload, queue, PACE.toNanos(), taskId -> {});
  }

  private static Consume.Drain drain(RedisTaskQueue queue, Workload workload) {
    return new Consume.Drain(queue, workload.items().size(), PATIENCE, null);
  }
}
