@NullMarked
package io.emailmonitor.worker;

import org.jspecify.annotations.NullMarked;
