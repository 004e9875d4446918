package io.emailmonitor.worker.runtime;

import io.emailmonitor.queue.TaskSource;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what threads still hold when a stopping worker has waited for them long enough. */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final TaskSource source;
  private final Settler settler;

  Leftovers(TaskSource source, Settler settler) {
    this.source = source;
    this.settler = settler;
  }

  /** Says whether all is settled: false if a thread is about to do so itself. */
  boolean giveBack(Collection<Hold> held) throws InterruptedException {
    boolean all = true;
    for (Hold hold : held) {
      if (settler.settle(hold, Settlement.release(source, hold.task()))) {
        LOG.warn(
            "handler of task {} does not stop when interrupted, and is left alone", hold.name());
      } else {
        LOG.info("task {} is just being settled, the stop waits for that", hold.name());
        all = false;
      }
    }
    return all;
  }
}
