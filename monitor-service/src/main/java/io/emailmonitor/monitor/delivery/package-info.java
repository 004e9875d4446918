/**
 * Where fetched attachments are handed on: the queue, or local storage when the queue is switched
 * off; and what workers report of the tasks comes back. Called by the intake.
 */
@NullMarked
package io.emailmonitor.monitor.delivery;

import org.jspecify.annotations.NullMarked;
