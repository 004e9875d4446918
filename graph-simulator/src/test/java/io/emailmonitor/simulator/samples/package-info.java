/**
 * Writes the sample messages that this module ships. Run {@link SampleGenerator} after a change
 * here; a test holds the files to what it writes.
 */
@NullMarked
package io.emailmonitor.simulator.samples;

import org.jspecify.annotations.NullMarked;
