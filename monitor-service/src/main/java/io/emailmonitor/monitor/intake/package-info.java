/**
 * The work itself: page by page, message by message, from the mailbox through the filters to the
 * queue or local storage and into the ledger. The cursor is saved last.
 */
@NullMarked
package io.emailmonitor.monitor.intake;

import org.jspecify.annotations.NullMarked;
