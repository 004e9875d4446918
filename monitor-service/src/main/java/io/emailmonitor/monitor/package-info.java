/**
 * The process: its settings, how its parts are put together, and what it says when it cannot start.
 */
@NullMarked
package io.emailmonitor.monitor;

import org.jspecify.annotations.NullMarked;
