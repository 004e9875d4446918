package io.emailmonitor.worker.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The two steps of stopping: quiet (nothing new is begun), then forced (nothing is waited for). The
 * worker's threads pause on it, so that stopping never waits for a pause. Thread-safe.
 */
final class StopSignal {
  private final CountDownLatch quiet = new CountDownLatch(1);
  private final CountDownLatch forced = new CountDownLatch(1);

  void quiet() {
    quiet.countDown();
  }

  void force() {
    quiet.countDown();
    forced.countDown();
  }

  boolean isQuiet() {
    return quiet.getCount() == 0;
  }

  boolean isForced() {
    return forced.getCount() == 0;
  }

  /** Waits, but no longer than until the worker is to begin nothing new. */
  void pauseUnlessQuiet(Duration time) throws InterruptedException {
    boolean ignored = quiet.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits; returns false as soon as the worker has to end at once. */
  boolean pauseUnlessForced(Duration time) throws InterruptedException {
    return !forced.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
