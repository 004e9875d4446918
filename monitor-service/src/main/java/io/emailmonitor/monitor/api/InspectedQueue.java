package io.emailmonitor.monitor.api;

import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueSettings;

/**
 * The queue as the routes see it.
 *
 * @param server where it is, for messages: without credentials
 */
public record InspectedQueue(QueueInspector inspector, QueueSettings settings, String server) {}
