package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import java.util.List;

/** Where tasks are handed on. Safe for use by several threads. */
public interface Delivery {
  /**
   * Hands tasks on; the same task may come again and then changes nothing. What is reported as
   * delivered is durable.
   *
   * @return one receipt for each task, in order
   */
  List<Receipt> deliver(List<EncodedTask> tasks);
}
