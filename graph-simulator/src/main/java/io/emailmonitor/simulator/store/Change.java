package io.emailmonitor.simulator.store;

/**
 * The latest thing that happened to a message in a folder.
 *
 * @param at its place in the folder's history
 * @param since the place at which the message came into the folder
 * @param message as it is now, or as it was when it went away
 */
public record Change(long at, long since, Message message, boolean removed) {

  /** Whether someone who has seen the history up to {@code seen} does not know the message. */
  public boolean isNewTo(long seen) {
    return since > seen;
  }
}
