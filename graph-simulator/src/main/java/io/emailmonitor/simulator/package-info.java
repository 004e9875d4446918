@NullMarked
package io.emailmonitor.simulator;

import org.jspecify.annotations.NullMarked;
