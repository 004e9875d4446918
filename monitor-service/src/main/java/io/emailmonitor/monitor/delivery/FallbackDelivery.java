package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands tasks on to the queue and, while that is down, to the waiting room. A full queue is not
 * down: its tasks are held.
 */
final class FallbackDelivery implements Delivery {
  /** Each question to a queue that is down may take seconds; in between it counts as down. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  /** The queue was down when it was asked last. */
  private record Outage(String why, long noticedAt) {
    boolean isFresh() {
      return System.nanoTime() - noticedAt < ASK_AGAIN.toNanos();
    }
  }

  private final Delivery queue;
  private final WaitingRoom room;
  private final Turns turns = new Turns();
  private volatile @Nullable Outage outage;

  FallbackDelivery(Delivery queue, WaitingRoom room) {
    this.queue = queue;
    this.room = room;
  }

  /** Whether tasks that have waited may ask the queue for room now. */
  boolean mayForward() {
    return turns.mayTake();
  }

  /** Tasks that have waited got to the queue: it is back. */
  void forwarded() {
    outage = null;
    turns.taken();
  }

  @Override
  public List<Receipt> deliver(List<EncodedTask> tasks) {
    Outage known = outage;
    if (known != null && known.isFresh()) {
      return room.put(tasks, known.why());
    }
    List<Receipt> receipts = queue.deliver(tasks);
    Optional<String> down = down(receipts);
    if (down.isPresent()) {
      outage = new Outage(down.get(), System.nanoTime());
      return room.put(tasks, down.get());
    }
    outage = null;
    room.rest();
    turns.asked(receipts.stream().anyMatch(Receipt.Held.class::isInstance));
    forget(tasks, receipts);
    return receipts;
  }

  private static Optional<String> down(List<Receipt> receipts) {
    return receipts.stream()
        .filter(Receipt.Held.class::isInstance)
        .map(Receipt.Held.class::cast)
        .filter(held -> held.cause() == Receipt.Cause.QUEUE_DOWN)
        .map(Receipt.Held::why)
        .findFirst();
  }

  /** An earlier process may have stored one and died before it recorded that. */
  private void forget(List<EncodedTask> tasks, List<Receipt> receipts) {
    for (int i = 0; room.tasks() > 0 && i < tasks.size(); i++) {
      if (receipts.get(i) instanceof Receipt.Delivered) {
        room.remove(tasks.get(i).task().taskId());
      }
    }
  }
}
