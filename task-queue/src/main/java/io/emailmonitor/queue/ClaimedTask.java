package io.emailmonitor.queue;

import org.jspecify.annotations.Nullable;

/**
 * A task in the hands of one worker. The payload is the queue's item as it was, which may be
 * anything that somebody pushed.
 */
public final class ClaimedTask {
  private final String claimId;
  private final int delivery;
  private final int attempt;
  private final byte[] payload;
  private final @Nullable Work work;

  /** For those that hand tasks out. The payload is not copied: nobody may change it. */
  public ClaimedTask(String claimId, int delivery, int attempt, byte[] payload) {
    this(claimId, delivery, attempt, payload, null);
  }

  private ClaimedTask(
      String claimId, int delivery, int attempt, byte[] payload, @Nullable Work work) {
    this.claimId = claimId;
    this.delivery = delivery;
    this.attempt = attempt;
    this.payload = payload;
    this.work = work;
  }

  /**
   * The same claim, to be settled with a word on the work that was done for it; without the
   * payload, which may be large and is not needed for that.
   */
  public ClaimedTask with(Work done) {
    return new ClaimedTask(claimId, delivery, attempt, new byte[0], done);
  }

  /** What was said of the work when the claim is settled; null if nothing was. */
  public @Nullable Work work() {
    return work;
  }

  /** Names the item while it is claimed or dead; known before the payload has been parsed. */
  public String claimId() {
    return claimId;
  }

  /**
   * How often the item has been handed out, from 1. It only ever grows, so that together with the
   * claim id it is the fencing token: a system that remembers the highest one it saw can refuse
   * late writes.
   */
  public int delivery() {
    return delivery;
  }

  /**
   * The deliveries that count, this one included, from 1: those given back by {@link
   * TaskSource#release} and those before a {@link QueueInspector#redrive} are left out. Beyond
   * {@link QueueSettings#maxDeliveries()} the task is dead.
   */
  public int attempt() {
    return attempt;
  }

  /** The item's bytes, not copied: nobody may change them. */
  public byte[] payload() {
    return payload;
  }
}
