@NullMarked
package io.emailmonitor.queue;

import org.jspecify.annotations.NullMarked;
