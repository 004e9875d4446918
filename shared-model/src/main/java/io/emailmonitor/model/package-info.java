/**
 * The attachment task as it travels on the queue: its fields, its id and the codec between it and
 * JSON. Depends on nothing but the JDK and Jackson's streaming parser, so that any program can read
 * and write tasks.
 */
@NullMarked
package io.emailmonitor.model;

import org.jspecify.annotations.NullMarked;
