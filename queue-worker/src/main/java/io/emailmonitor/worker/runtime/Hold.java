package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A claimed task in the hands of the thread that made this. Others may interrupt that thread as
 * long as the handler runs and never after, and whoever takes the settlement first settles the task
 * alone.
 */
final class Hold {
  /** Why a handler was interrupted. */
  enum Cause {
    DEADLINE,
    LEASE_LOST,
    STOP
  }

  private final ClaimedTask task;
  private volatile Instant deadline;
  private volatile long renewalNanos;
  private final Thread thread = Thread.currentThread();
  private final AtomicBoolean settlementTaken = new AtomicBoolean();

  private final long beganNanos = System.nanoTime();

  private volatile String name;
  private volatile @Nullable String taskId;
  private boolean handling = true;
  private @Nullable Cause interruption;

  /**
   * Takes hold of a task for the calling thread.
   *
   * @param renewIn when its lease is to be renewed first
   */
  Hold(ClaimedTask task, Instant deadline, Duration renewIn) {
    this.task = task;
    this.deadline = deadline;
    renewIn(renewIn);
    this.name = "of claim " + task.claimId();
  }

  ClaimedTask task() {
    return task;
  }

  Instant deadline() {
    return deadline;
  }

  void setDeadline(Instant later) {
    deadline = later;
  }

  void renewIn(Duration time) {
    renewalNanos = System.nanoTime() + time.toNanos();
  }

  boolean isToBeRenewed() {
    return System.nanoTime() - renewalNanos >= 0;
  }

  /** How long the task has been held. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  /** What the log calls the task: its id, as soon as that has been read. */
  String name() {
    return name;
  }

  @Nullable String taskId() {
    return taskId;
  }

  void nameTask(String id) {
    taskId = id;
    name = Reasons.plain(id);
  }

  /** The task as it is to be settled: with a word on who worked on it, and how long up to now. */
  ClaimedTask finishedBy(String worker) {
    return task.with(new Work(taskId, worker, age()));
  }

  /** Interrupts the handler; the first cause is the one that is remembered. */
  synchronized void interrupt(Cause cause) {
    if (handling) {
      interruption = interruption == null ? cause : interruption;
      thread.interrupt();
    }
  }

  /**
   * To be called by the thread itself when the handler has come back: from here on it can touch the
   * network without an interrupt meant for the handler hitting it.
   */
  synchronized Optional<Cause> handlerReturned() {
    handling = false;
    boolean ignored = Thread.interrupted();
    return Optional.ofNullable(interruption);
  }

  /** True for exactly one caller. */
  boolean takeSettlement() {
    return settlementTaken.compareAndSet(false, true);
  }

  /** Whether the handler was told to stop at its deadline and goes on. */
  synchronized boolean isOverdue() {
    return handling && interruption == Cause.DEADLINE;
  }
}
