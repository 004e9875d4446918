package io.emailmonitor.simulator.store;

import java.time.Instant;

/**
 * Something that happened to a message.
 *
 * @param folder the path of the folder in which the message was afterwards, or from which it was
 *     deleted
 */
public record Event(Instant at, Kind kind, String folder) {

  /** What can happen. */
  public enum Kind {
    ARRIVED,
    MOVED,
    CHANGED,
    ATTACHED,
    DELETED
  }
}
