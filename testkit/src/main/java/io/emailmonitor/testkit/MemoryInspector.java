package io.emailmonitor.testkit;

import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueuedTask;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The side of a queue in memory that operators see. Thread-safe. */
abstract class MemoryInspector implements QueueInspector {
  final MemoryState state;

  MemoryInspector(MemoryState state) {
    this.state = state;
  }

  @Override
  public List<WorkerPresence> workers() {
    synchronized (state) {
      state.checkAvailable();
      return List.copyOf(state.workers.values());
    }
  }

  @Override
  public QueueHealth health() {
    synchronized (state) {
      state.checkAvailable();
      return new QueueHealth(
          "memory",
          "in memory",
          state.waitingBytes(),
          0,
          "noeviction",
          "none",
          List.of(),
          List.of());
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
          state.waitingBytes(),
          createdAt == null ? null : Instant.parse(createdAt.toString()),
          state.totals);
    }
  }

  @Override
  public List<QueuedTask> peek(int count) {
    synchronized (state) {
      state.checkAvailable();
      return state.waiting.stream().limit(count).map(MemoryInspector::describe).toList();
    }
  }

  private static QueuedTask describe(byte[] item) {
    return new QueuedTask(item.length, TaskCodec.facts(item));
  }

  @Override
  public List<DeadTask> dead(int offset, int count) {
    synchronized (state) {
      state.checkAvailable();
      List<Job> latestFirst = new ArrayList<>(state.dead.values());
      Collections.reverse(latestFirst);
      Stream<Job> page = latestFirst.stream().skip(offset).limit(count);
      return page.map(
              job -> new DeadTask(job.id, job.at, job.attempt(), job.reason, describe(job.payload)))
          .toList();
    }
  }

  @Override
  public TaskEvents eventsAfter(String position, int count) {
    synchronized (state) {
      state.checkAvailable();
      long known = Long.parseLong(position.substring(position.indexOf('-') + 1));
      return new TaskEvents(state.events.stream().skip(known).limit(count).toList(), false);
    }
  }

  @Override
  public boolean redrive(String claimId) {
    synchronized (state) {
      state.checkAvailable();
      Job job = state.dead.remove(claimId);
      if (job != null) {
        state.claimed.put(claimId, job);
        job.uncounted = job.delivery;
        job.reason = "";
        state.giveBack(job, Duration.ZERO, "redriven");
      }
      return job != null;
    }
  }

  @Override
  public boolean forget(String taskId) {
    synchronized (state) {
      state.checkAvailable();
      return state.seen.remove(taskId);
    }
  }

  @Override
  public boolean discard(String claimId) {
    synchronized (state) {
      state.checkAvailable();
      Job job = state.dead.get(claimId);
      if (job != null) {
        state.discard(job, "discarded");
      }
      return job != null;
    }
  }

  @Override
  public int expire(Duration age, int atMost) {
    synchronized (state) {
      state.checkAvailable();
      Instant latest = state.clock.instant().minus(age);
      List<Job> old =
          state.dead.values().stream()
              .filter(job -> !job.at.isAfter(latest))
              .sorted(Comparator.comparing(job -> job.at))
              .limit(atMost)
              .toList();
      old.forEach(job -> state.discard(job, "expired"));
      return old.size();
    }
  }

  @Override
  public long drain() {
    synchronized (state) {
      state.checkAvailable();
      List<Job> drained = new ArrayList<>(state.dead.values());
      state.due().forEach(drained::add);
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
      state.checkAvailable();
      return 0; // here nothing can get lost
    }
  }

  @Override
  public long clear() {
    synchronized (state) {
      state.checkAvailable();
      long count = state.waiting.size();
      state.waiting.clear();
      state.totals.merge("cleared", count, Long::sum);
      return count;
    }
  }

  @Override
  public boolean clearIf(long expected) {
    synchronized (state) {
      state.checkAvailable();
      boolean asExpected = state.waiting.size() == expected;
      if (asExpected) {
        clear();
      }
      return asExpected;
    }
  }
}
