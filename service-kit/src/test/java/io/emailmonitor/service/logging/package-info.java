@NullMarked
package io.emailmonitor.service.logging;

import org.jspecify.annotations.NullMarked;
