package io.emailmonitor.worker.runtime;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.service.health.Pulse;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler on the tasks of a queue, on threads of its own, until it is stopped. Thread-safe.
 */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** For handlers to react to being interrupted at the end of the grace period. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** How late deadlines and renewals may be noticed; sooner where times are short. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  /** Longer than any step takes that does not wait for the queue to come back. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(3);

  private final Settings settings;
  private final StopSignal stop = new StopSignal();
  private final QueueLink link = new QueueLink();
  private final LeaseKeeper leases;
  private final TaskSource source;
  private final Settler settler;
  private final Map<Thread, ClaimLoop> threads = new LinkedHashMap<>();
  private final Relief relief;
  private final Presence presence;
  private final Pulse deadlines;
  private final Pulse renewals;

  /** Two for what talks to the queue and may have to wait for it, one for what must not. */
  private final ScheduledExecutorService keepers =
      Executors.newScheduledThreadPool(
          3,
          task -> {
            Thread thread = new Thread(task, "worker-keeper");
            thread.setDaemon(true);
            return thread;
          });

  private volatile State state = State.NEW;

  private enum State {
    NEW,
    STARTED,
    STOPPED
  }

  /**
   * How a worker works.
   *
   * @param name who this worker is in the record of what became of a task
   * @param concurrency how many tasks it handles at once
   * @param timeout how long a handler may take for one task
   * @param maxTimeout how long it may take when it asks for more time
   * @param lease how long a task stays with a worker that has died; as the source's, and not longer
   *     than the timeout
   * @param maxDeliveries how many attempts a task has; as the source's
   * @param retry how long to wait after a failed attempt
   * @param stopGrace how long stopping waits for handlers before it interrupts them
   * @param maxBytesInHand how many bytes the payloads that it holds may have together; one task is
   *     always taken, however large
   */
  public record Settings(
      String name,
      int concurrency,
      Duration timeout,
      Duration maxTimeout,
      Duration lease,
      int maxDeliveries,
      RetryPolicy retry,
      Duration stopGrace,
      long maxBytesInHand) {
    /** Beside the payload, a handler that asks for the content as bytes holds that too. */
    private static final int SHARE_OF_HEAP = 3;

    public static final int DEFAULT_CONCURRENCY = 2;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
    public static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(8);

    public Settings {
      if (concurrency < 1 || maxDeliveries < 1) {
        throw new IllegalArgumentException("concurrency and maxDeliveries are at least 1");
      }
      if (lease.toMillis() < 1 || timeout.compareTo(lease) < 0) {
        throw new IllegalArgumentException("lease is at least 1 ms and at most the timeout");
      }
      if (maxTimeout.compareTo(timeout) < 0 || maxBytesInHand < 1) {
        throw new IllegalArgumentException(
            "maxTimeout is at least the timeout, maxBytesInHand at least 1");
      }
    }

    /** With defaults for the rest; handlers get no more time than the timeout. */
    public Settings(
        int concurrency,
        Duration timeout,
        Duration lease,
        int maxDeliveries,
        RetryPolicy retry,
        Duration stopGrace) {
      this(
          defaultName(),
          concurrency,
          timeout,
          timeout,
          lease,
          maxDeliveries,
          retry,
          stopGrace,
          defaultMaxBytesInHand());
    }

    /** Those that a worker of that queue has by default. */
    public static Settings of(QueueSettings queue) {
      return new Settings(
          DEFAULT_CONCURRENCY,
          queue.lease().compareTo(DEFAULT_TIMEOUT) > 0 ? queue.lease() : DEFAULT_TIMEOUT,
          queue.lease(),
          queue.maxDeliveries(),
          RetryPolicy.DEFAULT,
          DEFAULT_STOP_GRACE);
    }

    /** The same with other delays. */
    public Settings withRetry(RetryPolicy other) {
      return new Settings(
          name,
          concurrency,
          timeout,
          maxTimeout,
          lease,
          maxDeliveries,
          other,
          stopGrace,
          maxBytesInHand);
    }

    /** A third of the memory that this process may have. */
    public static long defaultMaxBytesInHand() {
      return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /** The machine's name and the process's number, as {@code host:4711}. */
    public static String defaultName() {
      return hostName() + ":" + ProcessHandle.current().pid();
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }

  /**
   * Prepares the threads without starting them.
   *
   * @param metrics where the counters named {@code worker.*} go
   */
  public Worker(TaskSource source, TaskHandler handler, Settings settings, MetricRegistry metrics) {
    this(source, handler, settings, metrics, LONGEST_ROUND);
  }

  Worker(
      TaskSource source,
      TaskHandler handler,
      Settings settings,
      MetricRegistry metrics,
      Duration longestRound) {
    this.deadlines = new Pulse("the watch over deadlines", longestRound);
    this.renewals = new Pulse("the renewal of leases", longestRound);
    this.source = source;
    this.settings = settings;
    WorkerMetrics counters = new WorkerMetrics(metrics);
    leases = new LeaseKeeper(source, link, settings);
    presence = new Presence(source, leases, settings);
    settler = new Settler(source, link, stop, counters);
    PayloadBudget budget = new PayloadBudget(settings.maxBytesInHand(), settings.concurrency());
    TaskRunner runner = new TaskRunner(source, handler, settings, leases, settler, counters);
    List<Hand> hands = new ArrayList<>();
    relief = new Relief(hands, settler, budget);
    for (int i = 1; i <= settings.concurrency(); i++) {
      Hand hand = new Hand();
      hands.add(hand);
      ClaimLoop loop =
          new ClaimLoop(source, hand, runner, settler, link, stop, budget, counters, longestRound);
      threads.put(new Thread(loop, "worker-" + i), loop);
    }
  }

  /** Begins to claim tasks; the queue need not be reachable yet. Once only. */
  public synchronized void start() {
    if (state != State.NEW) {
      throw new IllegalStateException("a worker can be started once");
    }
    threads.keySet().forEach(Thread::start);
    state = State.STARTED;
    everyMoment(leases::ring, settings.timeout(), deadlines);
    everyMoment(
        () -> {
          leases.renew();
          relief.look();
        },
        settings.lease(),
        renewals);
    every(presence::announce, WorkerPresence.INTERVAL.toMillis());
  }

  private void everyMoment(Runnable task, Duration ofWhich, Pulse pulse) {
    long pause = Math.max(1, Math.min(MOMENT.toMillis(), ofWhich.toMillis() / 12));
    every(
        () -> {
          pulse.beat();
          task.run();
        },
        pause);
  }

  private void every(Runnable task, long millis) {
    Future<?> ignored =
        keepers.scheduleWithFixedDelay(() -> keepGoing(task), 0, millis, TimeUnit.MILLISECONDS);
  }

  /** What is thrown on would end the looking after tasks without a word. */
  private static void keepGoing(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("looking after the tasks in hand failed, it goes on", e);
    }
  }

  /** Claims nothing more; what is in hand is finished. */
  public void quiet() {
    stop.quiet();
  }

  /**
   * Stops: quiet, then waits up to the grace period, then interrupts the handlers and gives back
   * what is still in hand. Does nothing if the worker was not started or is stopped.
   */
  public synchronized void stop() throws InterruptedException {
    State was = state;
    if (was == State.STARTED) {
      quiet();
      if (!threadsEndWithin(settings.stopGrace())) {
        stop.force();
        leases.held().forEach(hold -> hold.interrupt(Hold.Cause.STOP));
        if (!threadsEndWithin(LAST_WORDS)
            && !new Leftovers(source, settler).giveBack(leases.held())) {
          boolean ignored = threadsEndWithin(LAST_WORDS);
        }
      }
    }
    state = State.STOPPED;
    stop.force();
    keepers.shutdownNow();
    if (was == State.STARTED && link.problem().isEmpty()) {
      presence.leave();
    }
  }

  private boolean threadsEndWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (Thread thread : threads.keySet()) {
      long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
      thread.join(left);
    }
    return threads.keySet().stream().noneMatch(Thread::isAlive);
  }

  /** What keeps this worker from working, in words; empty if nothing does. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (state == State.NEW) {
      problems.add("the worker is not running yet");
    }
    link.problem().ifPresent(problems::add);
    threads.values().stream().flatMap(loop -> loop.problem().stream()).forEach(problems::add);
    problems.addAll(dead());
    return problems;
  }

  /** Of these problems, those that nothing but a restart mends. */
  public List<String> dead() {
    List<String> problems = new ArrayList<>();
    if (state == State.NEW) {
      return problems;
    }
    long ended = threads.keySet().stream().filter(thread -> !thread.isAlive()).count();
    if (ended > 0) {
      problems.add(
          ended + " of " + threads.size() + " worker threads are not running. Restart the worker");
    }
    long overdue = leases.held().stream().filter(Hold::isOverdue).count();
    if (overdue > 0) {
      problems.add(
          overdue
              + " of "
              + threads.size()
              + " handlers are past their deadline and do not react to being interrupted."
              + " Their tasks come back elsewhere; restart the worker");
    }
    // While the queue is away, they wait for it: a restart would not bring it back.
    if (link.problem().isEmpty() && ended == 0) {
      threads.values().stream().flatMap(loop -> loop.hangs().stream()).forEach(problems::add);
      deadlines.problem().ifPresent(problems::add);
      renewals.problem().ifPresent(problems::add);
    }
    return problems;
  }
}
