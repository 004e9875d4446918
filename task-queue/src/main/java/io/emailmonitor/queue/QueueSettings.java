package io.emailmonitor.queue;

import java.time.Duration;

/**
 * How the queue is named and bounded.
 *
 * @param name the list's key, from {@code EMAIL_QUEUE_NAME}
 * @param maxItems how many tasks may wait, from {@code MAX_QUEUE_SIZE}
 * @param maxBytes how much memory the waiting tasks may take, from {@code MAX_QUEUE_BYTES}; 0 for
 *     no limit. A task that is larger than all of it is taken when nothing else waits
 * @param minReplicas how many replicas must have a task before it counts as enqueued, from {@code
 *     REDIS_MIN_REPLICAS}
 * @param seenTtl how long a task id is remembered after it was enqueued
 * @param lease how long a claim holds without renewal
 * @param maxDeliveries after how many attempts a task is dead
 */
public record QueueSettings(
    String name,
    long maxItems,
    long maxBytes,
    int minReplicas,
    Duration seenTtl,
    Duration lease,
    int maxDeliveries) {

  /** The default of {@link #name()}. */
  public static final String DEFAULT_NAME = "email_attachments";

  /** The default of {@link #maxItems()}. */
  public static final long DEFAULT_MAX_ITEMS = 1000;

  /** The default of {@link #seenTtl()}. */
  public static final Duration DEFAULT_SEEN_TTL = Duration.ofDays(30);

  /** The default of {@link #lease()}: renewed at a third of it, it outlives a short outage. */
  public static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

  /** The default of {@link #maxDeliveries()}. */
  public static final int DEFAULT_MAX_DELIVERIES = 5;

  public QueueSettings {
    require(
        !name.isBlank() && name.indexOf('{') < 0 && name.indexOf('}') < 0,
        "EMAIL_QUEUE_NAME is '"
            + name
            + "'; it must not be empty or hold braces, which choose the slot in a cluster");
    require(
        maxItems >= 1, "MAX_QUEUE_SIZE is " + maxItems + "; it is a number of tasks, at least 1");
    require(
        maxBytes >= 0,
        "MAX_QUEUE_BYTES is " + maxBytes + "; it is a number of bytes, or 0 for no limit");
    require(minReplicas >= 0, "REDIS_MIN_REPLICAS is " + minReplicas + "; it must be 0 or more");
    require(
        seenTtl.toMillis() >= 1000,
        "The time for which enqueued tasks are remembered is "
            + seenTtl
            + "; it must be at least 1 s");
    require(lease.toMillis() >= 1, "WORKER_LEASE is " + lease + "; it must be at least 1 ms");
    require(
        maxDeliveries >= 1,
        "WORKER_MAX_DELIVERIES is " + maxDeliveries + "; it must be at least 1");
  }

  /** Defaults, for the queue of that name. */
  public static QueueSettings named(String name) {
    return new QueueSettings(
        name, DEFAULT_MAX_ITEMS, 0, 0, DEFAULT_SEEN_TTL, DEFAULT_LEASE, DEFAULT_MAX_DELIVERIES);
  }

  /** What a producer decides. */
  public QueueSettings withLimits(long items, long bytes) {
    return new QueueSettings(name, items, bytes, minReplicas, seenTtl, lease, maxDeliveries);
  }

  /** What a producer decides where Redis has replicas. */
  public QueueSettings withMinReplicas(int replicas) {
    return new QueueSettings(name, maxItems, maxBytes, replicas, seenTtl, lease, maxDeliveries);
  }

  /** What a worker decides. */
  public QueueSettings withDelivery(Duration newLease, int newMaxDeliveries) {
    return new QueueSettings(
        name, maxItems, maxBytes, minReplicas, seenTtl, newLease, newMaxDeliveries);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
