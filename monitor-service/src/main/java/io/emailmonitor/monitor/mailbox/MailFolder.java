package io.emailmonitor.monitor.mailbox;

/**
 * A folder of a mailbox.
 *
 * @param id the mail system's id or well-known name, as requests need it
 * @param name as configured
 */
public record MailFolder(String id, String name) {}
