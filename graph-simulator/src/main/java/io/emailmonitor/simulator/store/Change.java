package io.emailmonitor.simulator.store;

/**
 * The latest thing that happened to a message in a folder.
 *
 * @param at its place in the folder's history
 * @param since the place at which the message came into the folder
 * @param first the place at which it came for the first time
 * @param left the place at which it went away before it came back; 0 if it never did
 * @param message as it is now, or as it was when it went away
 */
public record Change(long at, long since, long first, long left, Message message, boolean removed) {

  /** Whether someone who has seen the history up to {@code seen} does not know the message. */
  public boolean isNewTo(long seen) {
    return since > seen;
  }

  /** Whether it was there at {@code seen}, went away since and came back. */
  public boolean returnedSince(long seen) {
    return !removed && left > seen && first <= seen;
  }
}
