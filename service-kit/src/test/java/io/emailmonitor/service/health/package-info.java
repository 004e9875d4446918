@NullMarked
package io.emailmonitor.service.health;

import org.jspecify.annotations.NullMarked;
