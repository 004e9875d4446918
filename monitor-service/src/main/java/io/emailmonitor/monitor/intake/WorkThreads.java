package io.emailmonitor.monitor.intake;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do the work: one for each mailbox that is visited at a time, and enough lanes
 * for all of them, so that no mailbox ever waits for another's.
 */
record WorkThreads(ExecutorService mailboxes, ExecutorService lanes) {
  static WorkThreads start(int mailboxesAtOnce) {
    return new WorkThreads(
        pool("mailbox", mailboxesAtOnce), pool("lane", mailboxesAtOnce * Lanes.COUNT));
  }

  private static ExecutorService pool(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        count, task -> new Thread(task, "intake-" + name + "-" + number.incrementAndGet()));
  }
}
