/**
 * The HTTP interface: what the monitor did, what the queue holds, and who may ask. Knows the parts
 * behind it by their interfaces only.
 */
@NullMarked
package io.emailmonitor.monitor.api;

import org.jspecify.annotations.NullMarked;
