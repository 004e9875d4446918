/** How log lines look, and how they name the mailbox and the task that they are about. */
@NullMarked
package io.emailmonitor.service.logging;

import org.jspecify.annotations.NullMarked;
