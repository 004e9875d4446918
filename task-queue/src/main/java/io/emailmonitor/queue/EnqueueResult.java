package io.emailmonitor.queue;

/** What became of a task that was handed to a {@link TaskProducer}. */
public enum EnqueueResult {
  /** It is on the queue now. */
  ENQUEUED,
  /** It was put there before; its payload was not sent again. */
  ALREADY_ENQUEUED,
  /** The queue holds as many tasks or bytes as it may; try again later. */
  QUEUE_FULL
}
