/**
 * How fast codec and queue are: JMH for the codec, and the commands that a side-by-side harness
 * runs as whole processes. Nobody depends on it, and no test runs it.
 */
@NullMarked
package io.emailmonitor.benchmarks;

import org.jspecify.annotations.NullMarked;
