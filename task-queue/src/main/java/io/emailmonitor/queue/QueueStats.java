package io.emailmonitor.queue;

/**
 * How full the queue is.
 *
 * @param waiting tasks on the list, not yet claimed
 * @param claimed tasks in a worker's hands or waiting for their retry
 * @param dead tasks set aside
 * @param waitingBytes about how much memory the waiting tasks take
 */
public record QueueStats(long waiting, long claimed, long dead, long waitingBytes) {}
