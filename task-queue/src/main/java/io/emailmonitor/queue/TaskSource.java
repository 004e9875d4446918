package io.emailmonitor.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where workers take tasks. A claimed task is leased: whoever does not settle it (acknowledge,
 * retry, release or bury) before the lease ends loses it to the next claim. Every settling call
 * returns false when that has happened already, or when the task was settled before. All methods
 * throw {@link QueueUnavailableException} if Redis did not answer or refused; the lease then brings
 * the task back.
 */
public interface TaskSource {
  /**
   * Takes the tasks that are next in turn, as many as there are and as there is room for; does not
   * wait. Tasks whose lease or delay has ended come before those that wait.
   */
  Claim claim(Room room);

  /** Takes the task that is next in turn, of whatever size, or nothing; does not wait. */
  default Optional<ClaimedTask> claim() {
    return claim(Room.ANY_ONE).tasks().stream().findFirst();
  }

  /**
   * Returns when there may be something to claim, at the latest after the given time, and earlier
   * whenever it likes. Tasks of foreign producers are noticed only at the end of that time. An
   * interrupt does not end the wait, which is why it is never longer than a few seconds.
   */
  void awaitWork(Duration atMost);

  /**
   * The same as {@link #awaitWork} and then {@link #claim(Room)}, in one conversation with the
   * server: what an idle worker does. The server claims for whoever waits even if that one is no
   * longer there: make the room small.
   */
  default Claim awaitAndClaim(Duration atMost, Room room) {
    awaitWork(atMost);
    return claim(room);
  }

  /** The task is done and leaves the queue. */
  default boolean acknowledge(ClaimedTask task) {
    return acknowledge(List.of(task)).get(0);
  }

  /** The tasks are done and leave the queue; says so of each. */
  List<Boolean> acknowledge(List<ClaimedTask> tasks);

  /**
   * The same as {@link #acknowledge(List)} and then {@link #claim(Room)}, in one conversation with
   * the server: what a busy worker does. When only the claim fails, the next call shows why.
   */
  default Turn acknowledgeAndClaim(List<ClaimedTask> done, Room room) {
    return new Turn(acknowledge(done), claim(room));
  }

  /** Extends the lease, counted from now. */
  boolean renew(ClaimedTask task, Duration lease);

  /**
   * Gives the task back, to be claimed again after a delay; this delivery counts.
   *
   * @param reason what went wrong, for whoever finds the task dead later; never a piece of the mail
   */
  boolean retryAfter(ClaimedTask task, Duration delay, String reason);

  /**
   * Gives the task back at once, as if it had not been claimed: this delivery does not count as an
   * {@linkplain ClaimedTask#attempt() attempt}. Its number is never used again all the same, since
   * it fences.
   */
  boolean release(ClaimedTask task);

  /**
   * Sets the task aside as dead, with its payload and the reason, until somebody redrives or
   * discards it.
   *
   * @param reason what went wrong; never a piece of the mail
   */
  boolean bury(ClaimedTask task, String reason);

  /**
   * Tells whoever looks at the queue that a worker is alive; to be said again every {@link
   * WorkerPresence#INTERVAL}. Nothing else depends on it.
   */
  default void announce(WorkerPresence worker) {}

  /** Takes back what was announced: this worker has stopped. */
  default void leave(String worker) {}

  /**
   * How much a claim may bring.
   *
   * @param tasks how many tasks at most, from 1 to {@value #MOST_TASKS}
   * @param bytes how much memory the tasks may take in Redis together, in bytes; their payloads are
   *     a little smaller
   * @param oneOfAnySize whether the first task may be larger than that
   */
  record Room(int tasks, long bytes, boolean oneOfAnySize) {
    /** The server answers nobody else while it moves tasks. */
    public static final int MOST_TASKS = 64;

    /** For one task, whatever its size. */
    public static final Room ANY_ONE = new Room(1, 0, true);

    public Room {
      if (tasks < 1 || tasks > MOST_TASKS || bytes < 0) {
        throw new IllegalArgumentException(
            "room is for 1 to " + MOST_TASKS + " tasks of 0 or more bytes");
      }
    }
  }

  /**
   * What a claim brought.
   *
   * @param tasks the tasks, in their order
   * @param tooLarge the size of the task that is next if nothing was claimed because there was no
   *     room for it, in bytes; 0 otherwise
   */
  record Claim(List<ClaimedTask> tasks, long tooLarge) {
    /** Nothing is there to be claimed. */
    public static final Claim NOTHING = new Claim(List.of(), 0);

    public Claim {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * What {@link #acknowledgeAndClaim} brought.
   *
   * @param acknowledged for each of the old tasks, whether it was still ours
   * @param next the new ones
   */
  record Turn(List<Boolean> acknowledged, Claim next) {
    public Turn {
      acknowledged = List.copyOf(acknowledged);
    }
  }
}
