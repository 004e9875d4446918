/**
 * Runs what the folder examples shows in other languages, with our queue and worker at the other
 * end.
 */
@NullMarked
package io.emailmonitor.worker.examples;

import org.jspecify.annotations.NullMarked;
