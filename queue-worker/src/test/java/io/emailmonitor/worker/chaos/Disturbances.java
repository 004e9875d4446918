package io.emailmonitor.worker.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was done to whom and when, by the clock of this machine. Thread-safe. */
final class Disturbances {
  static final String REDIS = "redis";

  /** What can happen to processes and connections. */
  enum Kind {
    CUT,
    HALF_OPEN,
    PAUSE,
    KILL
  }

  private record Disturbance(String whom, Kind kind, long from, long to) {}

  private final List<Disturbance> all = new CopyOnWriteArrayList<>();

  void happened(String whom, Kind kind) {
    happened(whom, kind, System.currentTimeMillis());
  }

  /** It began then and has just ended. */
  void happened(String whom, Kind kind, long from) {
    all.add(new Disturbance(whom, kind, from, System.currentTimeMillis()));
  }

  /** Whether it hit somebody, or Redis, at any moment between two. */
  boolean hit(String whom, long from, long to) {
    return all.stream()
        .filter(one -> one.whom().equals(whom) || one.whom().equals(REDIS))
        .anyMatch(one -> one.from() <= to && one.to() >= from);
  }

  long count(Kind kind, String whoseNamesBegin) {
    return all.stream()
        .filter(one -> one.kind() == kind && one.whom().startsWith(whoseNamesBegin))
        .count();
  }
}
