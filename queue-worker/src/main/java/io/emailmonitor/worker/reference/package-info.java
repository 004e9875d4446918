/**
 * The worker as a process: configuration, admin port, health and the way it starts and stops, on
 * Dropwizard. Everything else works without it.
 */
@NullMarked
package io.emailmonitor.worker.reference;

import org.jspecify.annotations.NullMarked;
