@NullMarked
package io.emailmonitor.monitor;

import org.jspecify.annotations.NullMarked;
