package io.emailmonitor.testkit;

import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.Work;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * What a queue in memory holds, and how tasks move within it. Everything is to be done while
 * holding its monitor.
 */
final class MemoryState {
  /** Ends of which no worker tells. */
  private static final Set<String> UNWITNESSED = Set.of("exhausted", "discarded", "expired");

  final Deque<byte[]> waiting = new ArrayDeque<>();
  final Map<String, Job> claimed = new LinkedHashMap<>();
  final Map<String, Job> dead = new LinkedHashMap<>();
  final Set<String> seen = new HashSet<>();
  final Map<String, Long> totals = new TreeMap<>();
  final List<TaskEvent> events = new ArrayList<>();
  final Map<String, WorkerPresence> workers = new TreeMap<>();
  final InstantSource clock;
  boolean unavailable;
  private int lastId;

  MemoryState(InstantSource clock) {
    this.clock = clock;
  }

  void checkAvailable() {
    if (unavailable) {
      throw new QueueUnavailableException(
          "The queue was told to fail", new IllegalStateException("unavailable"));
    }
  }

  void count(String what) {
    totals.merge(what, 1L, Long::sum);
  }

  long waitingBytes() {
    return waiting.stream().mapToLong(item -> item.length).sum();
  }

  /** The job that is next in turn, without the hopeless ones that die on the way there. */
  @Nullable Job next(int maxDeliveries) {
    for (Optional<Job> due = nextDue(); due.isPresent(); due = nextDue()) {
      Job job = due.get();
      if (job.attempt() < maxDeliveries) {
        return job;
      }
      job.delivery++;
      giveUp(job);
    }
    byte[] item = waiting.peekFirst();
    return item == null ? null : new Job("claim-" + (lastId + 1), item);
  }

  /** The claimed jobs whose lease or delay has ended. */
  Stream<Job> due() {
    return claimed.values().stream().filter(job -> !job.at.isAfter(clock.instant()));
  }

  Optional<Job> nextDue() {
    return due().min(Comparator.comparing(job -> job.at));
  }

  /** The job that was next is claimed until the lease ends. */
  ClaimedTask handOut(Job job, Duration lease) {
    if (job.delivery == 0) {
      waiting.removeFirst();
      lastId++;
      claimed.put(job.id, job);
    } else {
      count("redelivered");
    }
    job.delivery++;
    job.at = clock.instant().plus(lease);
    return job.asClaimed();
  }

  private void giveUp(Job job) {
    job.uncounted++;
    String last =
        job.reason.isEmpty() ? "no worker said why: it crashed" : "last failure: " + job.reason;
    job.reason = "handed out " + job.attempt() + " times and never finished; " + last;
    die(job, "exhausted");
    tell(job.asClaimed(), "exhausted", job.reason);
  }

  void die(Job job, String how) {
    job.at = clock.instant();
    claimed.remove(job.id);
    dead.put(job.id, job);
    count(how);
  }

  void giveBack(Job job, Duration delay, String how) {
    job.at = clock.instant().plus(delay);
    count(how);
    notifyAll();
  }

  /** The job behind a claim; null when it is no longer the caller's. */
  @Nullable Job held(ClaimedTask task) {
    checkAvailable();
    Job job = claimed.get(task.claimId());
    return job == null || job.delivery != task.delivery() ? null : job;
  }

  void discard(Job job, String how) {
    dead.remove(job.id);
    count(how);
    tell(job.asClaimed(), how, job.reason);
  }

  void tell(ClaimedTask task, String outcome, @Nullable String reason) {
    Work work = task.work();
    Object foundId = TaskCodec.facts(task.payload()).get("task_id");
    String taskId = foundId == null ? null : foundId.toString();
    events.add(
        new TaskEvent(
            "0-" + (events.size() + 1),
            clock.instant(),
            outcome,
            task.claimId(),
            task.attempt(),
            work != null ? work.taskId() : UNWITNESSED.contains(outcome) ? taskId : null,
            work == null ? null : work.worker(),
            work == null ? null : work.duration(),
            reason));
  }
}
