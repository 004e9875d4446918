package io.emailmonitor.testkit;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.TaskProducer;
import io.emailmonitor.queue.TaskSource;
import io.emailmonitor.queue.WorkerPresence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue that keeps the same promises without a server, by a clock that the test holds. Can be
 * made to fail as an unreachable Redis does. Safe for use by any number of threads.
 */
public final class InMemoryTaskQueue extends MemoryInspector implements TaskProducer, TaskSource {
  private static final long MOMENT_MILLIS = 2;

  private final QueueSettings settings;

  /** An empty queue. */
  public InMemoryTaskQueue(QueueSettings settings, InstantSource clock) {
    this(settings, new MemoryState(clock));
  }

  private InMemoryTaskQueue(QueueSettings settings, MemoryState state) {
    super(state);
    this.settings = settings;
  }

  /** The same queue as another process sees it. */
  public InMemoryTaskQueue with(QueueSettings other) {
    return new InMemoryTaskQueue(other, state);
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

  /**
   * Waits until every task is done or dead, in time that really passes.
   *
   * @throws AssertionError if that takes longer
   */
  public void awaitEmpty(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (state) {
      while (!state.waiting.isEmpty() || !state.claimed.isEmpty()) {
        if (System.nanoTime() - end >= 0) {
          throw new AssertionError(
              "after "
                  + atMost
                  + " there are still "
                  + state.waiting.size()
                  + " tasks waiting and "
                  + state.claimed.size()
                  + " claimed or to be tried again");
        }
        state.wait(MOMENT_MILLIS);
      }
    }
  }

  @Override
  public List<EnqueueResult> enqueue(List<EncodedTask> tasks) {
    synchronized (state) {
      state.checkAvailable();
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
            || state.waitingBytes() + task.json().length <= settings.maxBytes();
    if (full || state.waiting.size() >= settings.maxItems() || !enoughBytes) {
      return EnqueueResult.QUEUE_FULL;
    }
    state.seen.add(task.task().taskId());
    state.waiting.addLast(task.json());
    state.count("enqueued");
    return EnqueueResult.ENQUEUED;
  }

  @Override
  public Claim claim(Room room) {
    synchronized (state) {
      state.checkAvailable();
      List<ClaimedTask> tasks = new ArrayList<>();
      long left = room.bytes();
      Job next = state.next(settings.maxDeliveries());
      while (next != null && tasks.size() < room.tasks()) {
        long size = next.payload.length;
        if (size > left && (!tasks.isEmpty() || !room.oneOfAnySize())) {
          return new Claim(tasks, tasks.isEmpty() ? size : 0);
        }
        left = Math.max(0, left - size);
        tasks.add(state.handOut(next, settings.lease()));
        next = state.next(settings.maxDeliveries());
      }
      return new Claim(tasks, 0);
    }
  }

  @Override
  public void awaitWork(Duration atMost) {
    synchronized (state) {
      state.checkAvailable();
      if (state.waiting.isEmpty() && state.nextDue().isEmpty() && atMost.toMillis() > 0) {
        try {
          state.wait(atMost.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Override
  public List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    synchronized (state) {
      return tasks.stream().map(this::remove).toList();
    }
  }

  private boolean remove(ClaimedTask task) {
    Job job = state.held(task);
    if (job != null) {
      state.claimed.remove(job.id);
      state.count("acknowledged");
      state.tell(task, "done", null);
    }
    return job != null;
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    synchronized (state) {
      Job job = state.held(task);
      if (job != null) {
        job.at = state.clock.instant().plus(lease);
      }
      return job != null;
    }
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    synchronized (state) {
      Job job = state.held(task);
      if (job != null) {
        job.reason = reason;
        state.giveBack(job, delay, "retried");
        state.tell(task, "retried", reason);
      }
      return job != null;
    }
  }

  @Override
  public boolean release(ClaimedTask task) {
    synchronized (state) {
      Job job = state.held(task);
      if (job != null) {
        job.uncounted++;
        state.giveBack(job, Duration.ZERO, "released");
      }
      return job != null;
    }
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    synchronized (state) {
      Job job = state.held(task);
      if (job != null) {
        job.reason = reason;
        state.die(job, "buried");
        state.tell(task, "buried", reason);
      }
      return job != null;
    }
  }

  @Override
  public void announce(WorkerPresence worker) {
    synchronized (state) {
      state.checkAvailable();
      state.workers.put(worker.name(), worker);
    }
  }

  @Override
  public void leave(String worker) {
    synchronized (state) {
      state.checkAvailable();
      state.workers.remove(worker);
    }
  }
}
