package io.emailmonitor.testkit;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.QueuedTask;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.TaskProducer;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.Work;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A queue that keeps the same promises without a server, by a clock that the test holds. Can be
 * made to fail as an unreachable Redis does. Safe for use by any number of threads.
 */
public final class InMemoryTaskQueue implements TaskProducer, TaskSource, QueueInspector {
  private final QueueSettings settings;
  private final InstantSource clock;
  private final State state;

  /** An empty queue. */
  public InMemoryTaskQueue(QueueSettings settings, InstantSource clock) {
    this(settings, clock, new State());
  }

  private InMemoryTaskQueue(QueueSettings settings, InstantSource clock, State state) {
    this.settings = settings;
    this.clock = clock;
    this.state = state;
  }

  private static final class State {
    final Deque<byte[]> waiting = new ArrayDeque<>();
    final Map<String, Job> claimed = new LinkedHashMap<>();
    final Map<String, Job> dead = new LinkedHashMap<>();
    final Set<String> seen = new HashSet<>();
    final Map<String, Long> totals = new TreeMap<>();
    final List<TaskEvent> events = new ArrayList<>();
    final Map<String, WorkerPresence> workers = new TreeMap<>();
    boolean unavailable;
    int lastId;

    void count(String what) {
      totals.merge(what, 1L, Long::sum);
    }
  }

  private static final class Job {
    final String id;
    final byte[] payload;
    int delivery;
    int uncounted;
    Instant at = Instant.EPOCH;
    String reason = "";

    Job(String id, byte[] payload) {
      this.id = id;
      this.payload = payload;
    }

    int attempt() {
      return delivery - uncounted;
    }
  }

  /** The same queue as another process sees it. */
  public InMemoryTaskQueue with(QueueSettings other) {
    return new InMemoryTaskQueue(other, clock, state);
  }

  /** From now on every call fails, or works again. */
  public void setUnavailable(boolean unavailable) {
    synchronized (state) {
      state.unavailable = unavailable;
      state.notifyAll();
    }
  }

  /** Puts any item on the queue, as a foreign producer does. */
  public void push(byte[] item) {
    synchronized (state) {
      state.waiting.addLast(item);
      state.notifyAll();
    }
  }

  private void checkAvailable() {
    if (state.unavailable) {
      throw new QueueUnavailableException(
          "The queue was told to fail", new IllegalStateException("unavailable"));
    }
  }

  @Override
  public List<EnqueueResult> enqueue(List<EncodedTask> tasks) {
    synchronized (state) {
      checkAvailable();
      List<EnqueueResult> results = new ArrayList<>();
      for (EncodedTask task : tasks) {
        results.add(enqueue(task, results.contains(EnqueueResult.QUEUE_FULL)));
      }
      state.notifyAll();
      return results;
    }
  }

  private EnqueueResult enqueue(EncodedTask task, boolean full) {
    if (state.seen.contains(task.task().taskId())) {
      return EnqueueResult.ALREADY_ENQUEUED;
    }
    boolean enoughBytes =
        settings.maxBytes() == 0
            || state.waiting.isEmpty()
            || waitingBytes() + task.json().length <= settings.maxBytes();
    if (full || state.waiting.size() >= settings.maxItems() || !enoughBytes) {
      return EnqueueResult.QUEUE_FULL;
    }
    state.seen.add(task.task().taskId());
    state.waiting.addLast(task.json());
    state.count("enqueued");
    return EnqueueResult.ENQUEUED;
  }

  private long waitingBytes() {
    return state.waiting.stream().mapToLong(item -> item.length).sum();
  }

  @Override
  public Claim claim(Room room) {
    synchronized (state) {
      checkAvailable();
      List<ClaimedTask> tasks = new ArrayList<>();
      long left = room.bytes();
      for (Job next = next(); next != null && tasks.size() < room.tasks(); next = next()) {
        long size = next.payload.length;
        if (size > left && (!tasks.isEmpty() || !room.oneOfAnySize())) {
          return new Claim(tasks, tasks.isEmpty() ? size : 0);
        }
        left = Math.max(0, left - size);
        tasks.add(handOut(next));
      }
      return new Claim(tasks, 0);
    }
  }

  /** The job that is next in turn, without the hopeless ones that die on the way there. */
  private @Nullable Job next() {
    for (Optional<Job> due = nextDue(); due.isPresent(); due = nextDue()) {
      Job job = due.get();
      if (job.attempt() < settings.maxDeliveries()) {
        return job;
      }
      job.delivery++;
      giveUp(job);
    }
    byte[] item = state.waiting.peekFirst();
    return item == null ? null : new Job("claim-" + (state.lastId + 1), item);
  }

  private ClaimedTask handOut(Job job) {
    if (job.delivery == 0) {
      state.waiting.removeFirst();
      state.lastId++;
      state.claimed.put(job.id, job);
    } else {
      state.count("redelivered");
    }
    job.delivery++;
    return lease(job);
  }

  private Optional<Job> nextDue() {
    Instant now = clock.instant();
    return state.claimed.values().stream()
        .filter(job -> !job.at.isAfter(now))
        .min(Comparator.comparing(job -> job.at));
  }

  private ClaimedTask lease(Job job) {
    job.at = clock.instant().plus(settings.lease());
    return new ClaimedTask(job.id, job.delivery, job.attempt(), job.payload);
  }

  private void giveUp(Job job) {
    job.uncounted++;
    String last =
        job.reason.isEmpty() ? "no worker said why: it crashed" : "last failure: " + job.reason;
    job.reason = "handed out " + job.attempt() + " times and never finished; " + last;
    die(job, "exhausted");
    tell(
        new ClaimedTask(job.id, job.delivery, job.attempt(), job.payload), "exhausted", job.reason);
  }

  private void die(Job job, String how) {
    job.at = clock.instant();
    state.claimed.remove(job.id);
    state.dead.put(job.id, job);
    state.count(how);
  }

  @Override
  public void awaitWork(Duration atMost) {
    synchronized (state) {
      checkAvailable();
      if (state.waiting.isEmpty() && nextDue().isEmpty() && atMost.toMillis() > 0) {
        try {
          state.wait(atMost.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** The job behind a claim; null when it is no longer the caller's. */
  private @Nullable Job held(ClaimedTask task) {
    checkAvailable();
    Job job = state.claimed.get(task.claimId());
    return job == null || job.delivery != task.delivery() ? null : job;
  }

  @Override
  public List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    synchronized (state) {
      return tasks.stream().map(this::remove).toList();
    }
  }

  private boolean remove(ClaimedTask task) {
    Job job = held(task);
    if (job != null) {
      state.claimed.remove(job.id);
      state.count("acknowledged");
      tell(task, "done", null);
    }
    return job != null;
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    synchronized (state) {
      Job job = held(task);
      if (job != null) {
        job.at = clock.instant().plus(lease);
      }
      return job != null;
    }
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    synchronized (state) {
      Job job = held(task);
      if (job != null) {
        job.reason = reason;
        giveBack(job, delay, "retried");
        tell(task, "retried", reason);
      }
      return job != null;
    }
  }

  @Override
  public boolean release(ClaimedTask task) {
    synchronized (state) {
      Job job = held(task);
      if (job != null) {
        job.uncounted++;
        giveBack(job, Duration.ZERO, "released");
      }
      return job != null;
    }
  }

  private void giveBack(Job job, Duration delay, String how) {
    job.at = clock.instant().plus(delay);
    state.count(how);
    state.notifyAll();
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    synchronized (state) {
      Job job = held(task);
      if (job != null) {
        job.reason = reason;
        die(job, "buried");
        tell(task, "buried", reason);
      }
      return job != null;
    }
  }

  @Override
  public void announce(WorkerPresence worker) {
    synchronized (state) {
      checkAvailable();
      state.workers.put(worker.name(), worker);
    }
  }

  @Override
  public void leave(String worker) {
    synchronized (state) {
      checkAvailable();
      state.workers.remove(worker);
    }
  }

  @Override
  public List<WorkerPresence> workers() {
    synchronized (state) {
      checkAvailable();
      return List.copyOf(state.workers.values());
    }
  }

  @Override
  public QueueHealth health() {
    synchronized (state) {
      checkAvailable();
      return new QueueHealth(
          "memory", "in memory", waitingBytes(), 0, "noeviction", "none", List.of(), List.of());
    }
  }

  @Override
  public QueueStats stats() {
    synchronized (state) {
      List<QueuedTask> next = peek(1);
      Object createdAt = next.isEmpty() ? null : next.get(0).facts().get("created_at");
      return new QueueStats(
          state.waiting.size(),
          state.claimed.size(),
          state.dead.size(),
          waitingBytes(),
          createdAt == null ? null : Instant.parse(createdAt.toString()),
          state.totals);
    }
  }

  @Override
  public List<QueuedTask> peek(int count) {
    synchronized (state) {
      checkAvailable();
      return state.waiting.stream().limit(count).map(InMemoryTaskQueue::describe).toList();
    }
  }

  private static QueuedTask describe(byte[] item) {
    return new QueuedTask(item.length, TaskCodec.facts(item));
  }

  @Override
  public List<DeadTask> dead(int offset, int count) {
    synchronized (state) {
      checkAvailable();
      List<Job> latestFirst = new ArrayList<>(state.dead.values());
      Collections.reverse(latestFirst);
      Stream<Job> page = latestFirst.stream().skip(offset).limit(count);
      return page.map(
              job -> new DeadTask(job.id, job.at, job.attempt(), job.reason, describe(job.payload)))
          .toList();
    }
  }

  private void tell(ClaimedTask task, String outcome, @Nullable String reason) {
    Work work = task.work();
    Object foundId = TaskCodec.facts(task.payload()).get("task_id");
    String taskId = foundId == null ? null : foundId.toString();
    state.events.add(
        new TaskEvent(
            "0-" + (state.events.size() + 1),
            clock.instant(),
            outcome,
            task.claimId(),
            task.attempt(),
            work != null ? work.taskId() : outcome.equals("exhausted") ? taskId : null,
            work == null ? null : work.worker(),
            work == null ? null : work.duration(),
            reason));
  }

  @Override
  public TaskEvents eventsAfter(String position, int count) {
    synchronized (state) {
      checkAvailable();
      long known = Long.parseLong(position.substring(position.indexOf('-') + 1));
      return new TaskEvents(state.events.stream().skip(known).limit(count).toList(), false);
    }
  }

  @Override
  public boolean redrive(String claimId) {
    synchronized (state) {
      checkAvailable();
      Job job = state.dead.remove(claimId);
      if (job != null) {
        state.claimed.put(claimId, job);
        job.uncounted = job.delivery;
        job.reason = "";
        giveBack(job, Duration.ZERO, "redriven");
      }
      return job != null;
    }
  }

  @Override
  public boolean forget(String taskId) {
    synchronized (state) {
      checkAvailable();
      return state.seen.remove(taskId);
    }
  }

  @Override
  public boolean discard(String claimId) {
    synchronized (state) {
      checkAvailable();
      boolean found = state.dead.remove(claimId) != null;
      if (found) {
        state.count("discarded");
      }
      return found;
    }
  }

  @Override
  public long drain() {
    synchronized (state) {
      checkAvailable();
      List<Job> drained = new ArrayList<>(state.dead.values());
      state.claimed.values().stream()
          .filter(job -> !job.at.isAfter(clock.instant()))
          .forEach(drained::add);
      for (Job job : drained) {
        state.dead.remove(job.id);
        state.claimed.remove(job.id);
        state.waiting.addFirst(job.payload);
        state.count("drained");
      }
      state.notifyAll();
      return drained.size();
    }
  }

  @Override
  public long repair() {
    synchronized (state) {
      checkAvailable();
      return 0; // here nothing can get lost
    }
  }

  @Override
  public long clear() {
    synchronized (state) {
      checkAvailable();
      long count = state.waiting.size();
      state.waiting.clear();
      state.totals.merge("cleared", count, Long::sum);
      return count;
    }
  }

  @Override
  public boolean clearIf(long expected) {
    synchronized (state) {
      checkAvailable();
      boolean asExpected = state.waiting.size() == expected;
      if (asExpected) {
        clear();
      }
      return asExpected;
    }
  }
}
