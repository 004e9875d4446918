@NullMarked
package io.emailmonitor.worker.runtime;

import org.jspecify.annotations.NullMarked;
