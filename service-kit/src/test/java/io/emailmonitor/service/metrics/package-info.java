@NullMarked
package io.emailmonitor.service.metrics;

import org.jspecify.annotations.NullMarked;
