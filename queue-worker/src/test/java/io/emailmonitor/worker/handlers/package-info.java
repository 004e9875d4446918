@NullMarked
package io.emailmonitor.worker.handlers;

import org.jspecify.annotations.NullMarked;
