package io.emailmonitor.demo;

import org.jspecify.annotations.Nullable;

/**
 * What the monitor's ledger says of an attachment.
 *
 * @param taskId set when it was enqueued
 */
record Recorded(
    String messageId,
    String attachmentId,
    String outcome,
    @Nullable String reason,
    @Nullable String taskId) {}
