/**
 * The vocabulary of mail as the monitor sees it, and the port behind which the mail system stands.
 * Depends on nothing.
 */
@NullMarked
package io.emailmonitor.monitor.mailbox;

import org.jspecify.annotations.NullMarked;
