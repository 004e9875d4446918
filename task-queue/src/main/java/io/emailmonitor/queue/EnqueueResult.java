package io.emailmonitor.queue;

/** What became of a task that was handed to a {@link TaskProducer}. */
public enum EnqueueResult {
  /** It is on the queue now. */
  ENQUEUED,
  /** It was put there before; its payload was not sent again. */
  ALREADY_ENQUEUED,
  /**
   * The queue holds as many tasks or bytes as it may, or the server's memory is full; try again
   * later.
   */
  QUEUE_FULL,
  /** It is larger than anything that this server ever takes; trying again will not help. */
  TOO_LARGE
}
