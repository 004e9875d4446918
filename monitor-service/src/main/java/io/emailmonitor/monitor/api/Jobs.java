package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.intake.AskedCycle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was asked for and takes its time: the latest of it, until the process ends. Thread-safe. */
final class Jobs {
  static final int KEPT = 100;

  private final InstantSource clock;
  private final Deque<Job> latestFirst = new ArrayDeque<>();

  /**
   * One of them.
   *
   * @param kind the route that asked for it
   */
  record Job(String id, String kind, Instant requestedAt, AskedCycle cycle) {}

  Jobs(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one in; who asks for the same once more gets the same job. */
  synchronized Job add(String kind, AskedCycle cycle) {
    Optional<Job> same =
        latestFirst.stream()
            .filter(job -> job.cycle() == cycle && job.kind().equals(kind))
            .findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    Job job = new Job(UUID.randomUUID().toString(), kind, clock.instant(), cycle);
    latestFirst.addFirst(job);
    if (latestFirst.size() > KEPT) {
      latestFirst.removeLast();
    }
    return job;
  }

  synchronized Optional<Job> find(String id) {
    return latestFirst.stream().filter(job -> job.id().equals(id)).findFirst();
  }

  synchronized List<Job> latest() {
    return List.copyOf(latestFirst);
  }
}
