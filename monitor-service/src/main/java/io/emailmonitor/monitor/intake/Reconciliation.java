package io.emailmonitor.monitor.intake;

import java.time.Duration;

/**
 * How often mailboxes are compared with the ledger, and how much of them.
 *
 * @param interval zero for never
 * @param window how long ago the oldest message compared was received
 */
public record Reconciliation(Duration interval, Duration window) {}
