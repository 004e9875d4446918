/** The whole queue under faults: real processes, real kills, real connections that are cut. */
@NullMarked
package io.emailmonitor.worker.chaos;

import org.jspecify.annotations.NullMarked;
