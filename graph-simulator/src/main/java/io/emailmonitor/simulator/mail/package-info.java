/**
 * What a mail says: an {@code .eml} file read as leniently as mail programs do, for {@link
 * io.emailmonitor.simulator.store} to keep. Knows nothing of Graph.
 */
@NullMarked
package io.emailmonitor.simulator.mail;

import org.jspecify.annotations.NullMarked;
