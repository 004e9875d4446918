package io.emailmonitor.queue;

import io.emailmonitor.model.EncodedTask;
import java.util.List;

/** Where tasks are handed in. */
public interface TaskProducer {
  /**
   * Puts tasks on the queue, each at most once by its task id, however often it is handed in. When
   * this returns, what is reported as enqueued is in Redis; when it throws, any part of it may be,
   * and handing in the same tasks again is safe.
   *
   * @return one result for each task, in order; {@link EnqueueResult#QUEUE_FULL} leaves that task
   *     and all later new ones outside, {@link EnqueueResult#TOO_LARGE} only that task
   * @throws QueueUnavailableException if Redis did not answer or refused
   */
  List<EnqueueResult> enqueue(List<EncodedTask> tasks);
}
