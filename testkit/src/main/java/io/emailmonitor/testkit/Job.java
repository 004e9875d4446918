package io.emailmonitor.testkit;

import io.emailmonitor.queue.ClaimedTask;
import java.time.Instant;

/** A task that was claimed, with what has happened to it since. Guarded by its state's monitor. */
final class Job {
  final String id;
  final byte[] payload;
  int delivery;
  int uncounted;

  /** When its lease or delay ends, or when it died. */
  Instant at = Instant.EPOCH;

  String reason = "";

  Job(String id, byte[] payload) {
    this.id = id;
    this.payload = payload;
  }

  int attempt() {
    return delivery - uncounted;
  }

  ClaimedTask asClaimed() {
    return new ClaimedTask(id, delivery, attempt(), payload);
  }
}
