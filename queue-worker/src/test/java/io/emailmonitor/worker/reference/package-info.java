@NullMarked
package io.emailmonitor.worker.reference;

import org.jspecify.annotations.NullMarked;
