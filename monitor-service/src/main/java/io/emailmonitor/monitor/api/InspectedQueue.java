package io.emailmonitor.monitor.api;

import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.service.http.Problem;
import java.util.Optional;

/**
 * The queue as the routes see it.
 *
 * @param server where it is, for messages: without credentials
 */
public record InspectedQueue(QueueInspector inspector, QueueSettings settings, String server) {
  static final String OFF =
      "The queue is switched off: attachments go to local storage. Start the monitor with"
          + " USE_REDIS_QUEUE=true to use Redis";

  /** The one there is; refuses the request when it is switched off. */
  static InspectedQueue in(Optional<InspectedQueue> queue) {
    return queue.orElseThrow(() -> Problem.of(409, OFF).exception());
  }
}
