/**
 * The page at {@code /}: its files, what it shows, and the stream that keeps it up to date. Asks
 * the same routes as any program does and may be left out without anything else noticing.
 */
@NullMarked
package io.emailmonitor.monitor.dashboard;

import org.jspecify.annotations.NullMarked;
