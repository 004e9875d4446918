package io.emailmonitor.monitor.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker last said became of a task.
 *
 * @param outcome {@code done}, {@code retried}, {@code buried}, {@code exhausted}, {@code
 *     discarded} or {@code expired}, as docs/protocol.md explains them
 * @param attempt how many attempts there had been
 * @param worker null if no worker lived to say so
 * @param duration of the last attempt
 * @param reason why it was not done
 */
public record TaskResult(
    String taskId,
    String outcome,
    int attempt,
    @Nullable String worker,
    @Nullable Duration duration,
    @Nullable String reason,
    Instant at) {}
