/**
 * The task queue on Redis: {@link TaskProducer} puts tasks on it, {@link TaskSource} hands them to
 * workers at least once, {@link QueueInspector} shows and mends it. {@code RedisTaskQueue} is all
 * three; docs/protocol.md tells what it does command by command.
 */
@NullMarked
package io.emailmonitor.queue;

import org.jspecify.annotations.NullMarked;
