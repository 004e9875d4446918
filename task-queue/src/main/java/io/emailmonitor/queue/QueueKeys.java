package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The names of the queue's keys: the list itself and, in the same cluster slot, all around it. */
final class QueueKeys {
  final byte[] list;
  final byte[] due;
  final byte[] deliveries;
  final byte[] uncounted;
  final byte[] reasons;
  final byte[] dead;
  final byte[] bell;
  final byte[] stats;
  final byte[] events;
  final byte[] jobs;
  final byte[] workers;
  final byte[] holds;
  private final String prefix;

  QueueKeys(String queue) {
    prefix = "{" + queue + "}:";
    list = queue.getBytes(UTF_8);
    due = key("due");
    deliveries = key("n");
    uncounted = key("uncounted");
    reasons = key("reason");
    dead = key("dead");
    bell = key("bell");
    stats = key("stats");
    events = key("events");
    jobs = key("job:");
    workers = key("workers");
    holds = key("holds");
  }

  byte[] job(String claimId) {
    return key("job:" + claimId);
  }

  byte[] seen(String taskId) {
    return key("seen:" + taskId);
  }

  private byte[] key(String name) {
    return (prefix + name).getBytes(UTF_8);
  }
}
