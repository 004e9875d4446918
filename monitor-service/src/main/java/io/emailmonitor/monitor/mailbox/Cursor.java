package io.emailmonitor.monitor.mailbox;

/**
 * A place in a folder's stream of changes.
 *
 * @param link opaque, kept exactly as received
 */
public record Cursor(String link) {}
