package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskProducer;
import java.util.Collections;
import java.util.List;

/** Hands tasks on to the queue. */
public final class QueueDelivery implements Delivery {
  private static final Receipt ENQUEUED = new Receipt.Delivered(Outcome.ENQUEUED, null);
  private static final Receipt FULL =
      new Receipt.Held(
          Receipt.Cause.QUEUE_FULL, "the queue is full: waiting until workers have made room");

  private final TaskProducer queue;

  public QueueDelivery(TaskProducer queue) {
    this.queue = queue;
  }

  @Override
  public List<Receipt> deliver(List<EncodedTask> tasks) {
    try {
      return queue.enqueue(tasks).stream()
          .map(result -> result == EnqueueResult.QUEUE_FULL ? FULL : ENQUEUED)
          .toList();
    } catch (QueueUnavailableException e) {
      // Any part may have arrived: the queue knows each task by its id when it comes again.
      Receipt down =
          new Receipt.Held(Receipt.Cause.QUEUE_DOWN, "the queue is down: " + e.getMessage());
      return Collections.nCopies(tasks.size(), down);
    }
  }
}
