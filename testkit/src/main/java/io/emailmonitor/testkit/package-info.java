/**
 * For the tests of those who write handlers: {@link TestTask} and {@link TestAttempt} put one task
 * before a handler, {@link InMemoryTaskQueue} puts any number before a worker. Depends on no test
 * framework.
 */
@NullMarked
package io.emailmonitor.testkit;

import org.jspecify.annotations.NullMarked;
