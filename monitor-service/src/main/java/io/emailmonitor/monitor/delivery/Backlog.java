package io.emailmonitor.monitor.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored until the queue takes it.
 *
 * @param since when the oldest was stored
 * @param maxBytes how many bytes may be stored
 * @param problem why no more can be stored, in words
 */
public record Backlog(
    long tasks, long bytes, @Nullable Instant since, long maxBytes, @Nullable String problem) {}
