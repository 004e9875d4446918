package io.emailmonitor.queue;

import java.util.List;

/**
 * Some events in their order.
 *
 * @param events the oldest first
 * @param gap whether the event after which they were asked for is gone, so that some in between may
 *     have been dropped unread: only a bounded number is kept
 */
public record TaskEvents(List<TaskEvent> events, boolean gap) {
  /** The position before the first event. */
  public static final String BEGINNING = "0-0";

  public TaskEvents {
    events = List.copyOf(events);
  }
}
