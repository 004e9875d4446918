package io.emailmonitor.queue;

/**
 * A task in the hands of one worker. The payload is the queue's item as it was, which may be
 * anything that somebody pushed.
 */
public final class ClaimedTask {
  private final String claimId;
  private final int delivery;
  private final byte[] payload;

  ClaimedTask(String claimId, int delivery, byte[] payload) {
    this.claimId = claimId;
    this.delivery = delivery;
    this.payload = payload;
  }

  /** Names the item while it is claimed or dead; known before the payload has been parsed. */
  public String claimId() {
    return claimId;
  }

  /**
   * How often the task has been handed out, from 1. Together with the claim id it is the fencing
   * token.
   */
  public int delivery() {
    return delivery;
  }

  /** The item's bytes, not copied: nobody may change them. */
  public byte[] payload() {
    return payload;
  }
}
