package io.emailmonitor.worker.reference;

import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.worker.runtime.Worker;

/** Ties the worker to the process: it ends before its connections do. */
final class ManagedWorker implements Managed {
  private final Worker worker;
  private final RedisTaskQueue queue;

  ManagedWorker(Worker worker, RedisTaskQueue queue) {
    this.worker = worker;
    this.queue = queue;
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void stop() throws InterruptedException {
    try {
      worker.stop();
    } finally {
      queue.close();
    }
  }
}
