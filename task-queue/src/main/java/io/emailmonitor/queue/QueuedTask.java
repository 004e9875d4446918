package io.emailmonitor.queue;

import java.util.Map;

/**
 * What an item says about itself.
 *
 * @param bytes the item's length
 * @param facts the fields before the body and the content, in their order; empty if the item is not
 *     a task
 */
public record QueuedTask(long bytes, Map<String, Object> facts) {}
