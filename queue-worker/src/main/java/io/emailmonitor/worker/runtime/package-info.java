/**
 * Runs a handler on the tasks of a queue: threads, leases, retries and stopping. {@link Worker} is
 * all that others use of it.
 */
@NullMarked
package io.emailmonitor.worker.runtime;

import org.jspecify.annotations.NullMarked;
