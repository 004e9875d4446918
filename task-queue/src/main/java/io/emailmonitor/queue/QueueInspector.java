package io.emailmonitor.queue;

import java.time.Duration;
import java.util.List;

/**
 * Shows what the queue holds without moving content, and mends it by hand. Throws {@link
 * QueueUnavailableException}.
 */
public interface QueueInspector {
  /** Asks the server whether it answers and whether it is set up so that tasks are safe. */
  QueueHealth health();

  /** Counts what waits, is claimed and is dead, and looks at the one task that is next in turn. */
  QueueStats stats();

  /**
   * Describes the waiting tasks that are next in turn, at most the given number and at most 1000;
   * their content does not leave Redis. An item of 50 MB holds up Redis for some 70 ms.
   */
  List<QueuedTask> peek(int count);

  /** Lists dead tasks, the latest first, at most 1000; their content does not leave Redis. */
  List<DeadTask> dead(int offset, int count);

  /** The workers that are alive, by name, and what they hold. */
  List<WorkerPresence> workers();

  /**
   * Tells what became of tasks: the events after a position, at most the given number.
   *
   * @param position of the last event that is known already, or {@link TaskEvents#BEGINNING}
   */
  TaskEvents eventsAfter(String position, int count);

  /**
   * Makes a dead task claimable again with its attempts counted from 0; false if there is none with
   * that id.
   */
  boolean redrive(String claimId);

  /** Removes a dead task for good; false if there is none with that id. */
  boolean discard(String claimId);

  /**
   * Removes for good what has been dead for that long, the oldest first and at most so many, and
   * returns how many they were. Each leaves an event, as a discarded one does.
   */
  int expire(Duration age, int atMost);

  /**
   * Throws away the tasks that wait (not those claimed or dead) and returns how many they were.
   * They stay known: a producer that hands one of them in again is told that it was enqueued
   * before, so that what an operator threw away does not come back by itself.
   */
  long clear();

  /** The same, but only if exactly so many tasks wait; false, with nothing done, if not. */
  boolean clearIf(long expected);

  /**
   * Forgets that a task was enqueued, so that a producer can hand it in once more; false if it was
   * not known. What is on the queue of it stays: until that is done, two tasks have the same id.
   */
  boolean forget(String taskId);

  /**
   * Puts all dead tasks back on the list, and those that are claimed although their lease has ended
   * or their retry is due, and returns how many they were; their content does not leave Redis. For
   * consumers that know only the list, once the workers are stopped.
   */
  long drain();

  /**
   * Makes tasks claimable again that are neither claimed nor dead and yet not on the list, as when
   * somebody deleted keys, and returns how many they were. Looks at the names of all keys.
   */
  long repair();
}
