package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.TaskSource;
import java.util.ArrayList;
import java.util.List;

/** What another worker would do with the same queue. */
final class Claims {
  private Claims() {}

  /** Claims until there is something. */
  static ClaimedTask next(TaskSource source) {
    List<ClaimedTask> claimed = new ArrayList<>();
    Polling.until(
        "something to claim",
        () -> {
          source.claim().ifPresent(claimed::add);
          return !claimed.isEmpty();
        });
    return claimed.get(0);
  }
}
