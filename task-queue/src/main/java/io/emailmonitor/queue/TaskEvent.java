package io.emailmonitor.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task at one settlement.
 *
 * @param position where it stands among the events; later ones compare greater on the server
 * @param at the server's time
 * @param outcome {@code done}, {@code retried}, {@code buried}, {@code exhausted} (dead because of
 *     too many deliveries, with no worker to say so), {@code discarded} or {@code expired} (removed
 *     when it was dead, by hand or by its age); pass over what you do not know
 * @param claimId the claim that ended, or goes on with the next attempt
 * @param attempt how many attempts there have been; 0 if not known
 * @param taskId null if the task could not be read
 * @param worker who settled it; null if nobody said so
 * @param duration from the claim to the settlement; null if nobody said so
 * @param reason why it was not done
 */
public record TaskEvent(
    String position,
    Instant at,
    String outcome,
    String claimId,
    int attempt,
    @Nullable String taskId,
    @Nullable String worker,
    @Nullable Duration duration,
    @Nullable String reason) {}
