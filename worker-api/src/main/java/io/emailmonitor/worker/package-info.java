/**
 * What the author of a handler sees: {@link TaskHandler} is handed an {@link Attempt} and answers
 * with an {@link Outcome}; a {@link HandlerFactory} makes it known by name. Depends on nothing but
 * the task itself.
 */
@NullMarked
package io.emailmonitor.worker;

import org.jspecify.annotations.NullMarked;
