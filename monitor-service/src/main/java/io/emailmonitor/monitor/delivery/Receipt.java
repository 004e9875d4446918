package io.emailmonitor.monitor.delivery;

import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import org.jspecify.annotations.Nullable;

/** What became of a task that was handed to a {@link Delivery}. */
public sealed interface Receipt {
  /**
   * It arrived, now or earlier.
   *
   * @param outcome {@link Outcome#ENQUEUED} or {@link Outcome#STORED}
   * @param storedAt where it lies, relative to the attachments directory, when it was stored
   */
  record Delivered(Outcome outcome, @Nullable String storedAt) implements Receipt {}

  /**
   * It is stored, because the queue is down, and goes there by itself when the queue is back.
   *
   * @param storedAt where it lies, relative to the attachments directory
   */
  record Waiting(String storedAt) implements Receipt {}

  /**
   * It did not, for a reason that passes and has nothing to do with this task: to be handed in
   * again later.
   *
   * @param why in words, without anything from the mail
   */
  record Held(Cause cause, String why) implements Receipt {}

  /**
   * It will never arrive: what takes tasks cannot take this one.
   *
   * @param why in words, without anything from the mail
   */
  record Refused(Reason reason, String why) implements Receipt {}

  /** What stands in the way. */
  enum Cause {
    QUEUE_FULL,
    QUEUE_DOWN,
    STORAGE_DOWN
  }
}
