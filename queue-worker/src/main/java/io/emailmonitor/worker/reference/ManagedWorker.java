package io.emailmonitor.worker.reference;

import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.worker.runtime.Worker;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties the worker to the process: it ends before its connections do, and begins only when all else
 * has. Until then Jetty does not stop in order when it is told to, and what had been claimed would
 * stay claimed.
 */
final class ManagedWorker implements Managed, ServerLifecycleListener {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedWorker.class);

  private final Worker worker;
  private final RedisTaskQueue queue;
  private final String handler;

  ManagedWorker(Worker worker, RedisTaskQueue queue, String handler) {
    this.worker = worker;
    this.queue = queue;
    this.handler = handler;
  }

  @Override
  public void serverStarted(Server server) {
    LOG.info("taking tasks from {} for the handler {}", queue.describe(), handler);
    worker.start();
  }

  @Override
  public void stop() throws InterruptedException {
    LOG.info("stopping: no new tasks, waiting for those in hand");
    try {
      worker.stop();
    } finally {
      queue.close();
    }
    LOG.info("stopped");
  }
}
