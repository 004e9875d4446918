package io.emailmonitor.queue;

import java.time.Instant;

/**
 * A task that was given up.
 *
 * @param claimId names it for redrive and discard
 * @param diedAt when, by the server's clock
 * @param deliveries how often it had been handed out
 * @param reason why, in words
 * @param task what the item says about itself
 */
public record DeadTask(
    String claimId, Instant diedAt, int deliveries, String reason, QueuedTask task) {}
