/** How a process says whether it is alive, whether it is ready, and what would help. */
@NullMarked
package io.emailmonitor.service.health;

import org.jspecify.annotations.NullMarked;
