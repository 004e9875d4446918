package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskProducer;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Hands tasks on to the queue. */
public final class QueueDelivery implements Delivery {
  private static final Receipt ENQUEUED = new Receipt.Delivered(Outcome.ENQUEUED, null);
  private static final Receipt FULL =
      new Receipt.Held(
          Receipt.Cause.QUEUE_FULL,
          "the queue is full (MAX_QUEUE_SIZE, MAX_QUEUE_BYTES or Redis's maxmemory):"
              + " waiting until workers have made room");

  private final TaskProducer queue;

  public QueueDelivery(TaskProducer queue) {
    this.queue = queue;
  }

  @Override
  public List<Receipt> deliver(List<EncodedTask> tasks) {
    try {
      List<EnqueueResult> results = queue.enqueue(tasks);
      return IntStream.range(0, tasks.size())
          .mapToObj(i -> receipt(results.get(i), tasks.get(i)))
          .toList();
    } catch (QueueUnavailableException e) {
      // Any part may have arrived: the queue knows each task by its id when it comes again.
      Receipt down =
          new Receipt.Held(Receipt.Cause.QUEUE_DOWN, "the queue is down: " + e.getMessage());
      return Collections.nCopies(tasks.size(), down);
    }
  }

  private static Receipt receipt(EnqueueResult result, EncodedTask task) {
    return switch (result) {
      case ENQUEUED, ALREADY_ENQUEUED -> ENQUEUED;
      case QUEUE_FULL -> FULL;
      case TOO_LARGE ->
          new Receipt.Refused(
              Reason.TOO_LARGE_FOR_QUEUE,
              "its task has "
                  + task.json().length
                  + " bytes, more than this Redis can ever take: raise its maxmemory or"
                  + " proto-max-bulk-len, or lower MAX_ATTACHMENT_SIZE");
    };
  }
}
