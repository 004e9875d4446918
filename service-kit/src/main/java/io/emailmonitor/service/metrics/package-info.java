/** What a process has done, for Prometheus: names of our own, with units, that do not change. */
@NullMarked
package io.emailmonitor.service.metrics;

import org.jspecify.annotations.NullMarked;
