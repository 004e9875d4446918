package io.emailmonitor.monitor.ledger;

import java.util.Map;

/**
 * Sums over the ledger, for one mailbox or all.
 *
 * @param messages messages seen
 * @param retrying messages waiting for another attempt
 * @param attachments attachments with an outcome: the sum of {@code outcomes}
 * @param skippedByReason how often each reason turned an attachment away
 * @param failedByReason how often each reason made one fail
 */
public record Totals(
    long messages,
    long retrying,
    long attachments,
    Map<Outcome, Long> outcomes,
    Map<String, Long> skippedByReason,
    Map<String, Long> failedByReason) {}
