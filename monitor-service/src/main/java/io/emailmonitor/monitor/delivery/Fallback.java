package io.emailmonitor.monitor.delivery;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.monitor.ledger.WaitingTasks;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.TaskProducer;
import io.emailmonitor.service.health.Repeated;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to the queue that stays open when the queue is down: tasks are stored on disk meanwhile,
 * and carried there on a thread of its own when it is back, also after a restart. Safe for use by
 * several threads.
 */
public final class Fallback implements Managed {
  private final WaitingRoom room;
  private final FallbackDelivery delivery;
  private final Forwarder forwarder;
  private final Repeated loop;

  /**
   * Asks the queue for nothing yet.
   *
   * @param attachments the directory below which tasks are stored
   * @param maxBytes how many bytes may be stored; 0 for none, so that mailboxes pause
   */
  public Fallback(
      Path attachments,
      long maxBytes,
      TaskProducer queue,
      QueueInspector inspector,
      WaitingTasks ledger,
      Clock clock,
      MetricRegistry registry) {
    WaitingMetrics metrics = new WaitingMetrics(registry);
    Delivery toQueue = new QueueDelivery(queue);
    room = new WaitingRoom(attachments, maxBytes);
    delivery = new FallbackDelivery(toQueue, room);
    forwarder = new Forwarder(room, toQueue, inspector, ledger, delivery, metrics, clock);
    loop =
        new Repeated(
            "waiting",
            "the carrying of what waits to the queue",
            "what waits for the queue does not get there",
            Repeated.LONGEST_ROUND,
            forwarder::step);
    metrics.watch(
        room,
        () ->
            forwarder
                .oldest()
                .map(since -> Duration.between(since, clock.instant()).toSeconds())
                .orElse(0L));
  }

  /** Where new tasks are handed on. */
  public Delivery delivery() {
    return delivery;
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() throws InterruptedException {
    loop.stop();
  }

  public Backlog backlog() {
    return new Backlog(
        room.tasks(),
        room.bytes(),
        forwarder.oldest().orElse(null),
        room.maxBytes(),
        room.problem().orElse(null));
  }

  /** Why tasks do not leave for the queue at the moment. */
  public Optional<String> problem() {
    return loop.problem();
  }

  /** Why nothing but a restart lets them leave. */
  public Optional<String> dead() {
    return loop.dead();
  }

  Forwarder forwarder() {
    return forwarder;
  }
}
