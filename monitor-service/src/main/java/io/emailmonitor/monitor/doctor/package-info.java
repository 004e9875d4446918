/**
 * The examination behind the command {@code doctor}: looks at what the monitor needs, one thing
 * after the other, and says what to do about what is wrong. Changes nothing. Only the root calls
 * it.
 */
@NullMarked
package io.emailmonitor.monitor.doctor;

import org.jspecify.annotations.NullMarked;
