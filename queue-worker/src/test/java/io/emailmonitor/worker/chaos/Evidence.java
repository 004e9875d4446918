package io.emailmonitor.worker.chaos;

import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.worker.chaos.ChaosTask.Verdict;
import io.emailmonitor.worker.chaos.Disturbances.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a chaos run has left behind.
 *
 * @param reported the ids of the tasks that producers were told are on the queue
 * @param handled what the handlers noted
 * @param dead what lies in the dead set
 * @param events what the queue says became of each task
 * @param calmUntil when the disturbing began
 */
record Evidence(
    Set<String> reported,
    List<Handled> handled,
    List<DeadTask> dead,
    List<TaskEvent> events,
    QueueStats stats,
    Disturbances disturbances,
    long calmUntil) {

  /** One attempt at one task that came to its end. */
  record Handled(
      String worker,
      ChaosTask task,
      String checksum,
      int attempt,
      Verdict verdict,
      long began,
      long ended) {
    static Handled by(String worker, List<String> line) {
      return new Handled(
          worker,
          new ChaosTask(line.get(0)),
          line.get(1),
          Integer.parseInt(line.get(2)),
          Verdict.valueOf(line.get(3)),
          Long.parseLong(line.get(4)),
          Long.parseLong(line.get(5)));
    }

    boolean isFinal() {
      return verdict != Verdict.RETRY;
    }
  }

  /** A task that was handled again after it had been handled to its end. */
  record Duplicate(Handled first, Handled again) {}

  List<Duplicate> duplicates() {
    List<Duplicate> duplicates = new ArrayList<>();
    for (List<Handled> attempts : byTask().values()) {
      for (int i = 1; i < attempts.size(); i++) {
        if (attempts.get(i - 1).isFinal()) {
          duplicates.add(new Duplicate(attempts.get(i - 1), attempts.get(i)));
        }
      }
    }
    return duplicates;
  }

  private Map<ChaosTask, List<Handled>> byTask() {
    return handled.stream()
        .sorted(Comparator.comparingInt(Handled::attempt))
        .collect(Collectors.groupingBy(Handled::task));
  }

  /** Nothing had happened to whoever had the task first, nor to Redis, before it came again. */
  List<Duplicate> unexplained() {
    return duplicates().stream().filter(one -> !isExplained(one)).toList();
  }

  /** Who is paused between claiming and beginning begins when the other one is done. */
  private boolean isExplained(Duplicate one) {
    long again = one.again().began();
    long from = Math.min(one.first().began(), again - ChaosTask.LEASE.toMillis());
    return disturbances.hit(one.first().worker(), from, again);
  }

  /** What was handled before anything was disturbed, and not for the first time. */
  List<Handled> repeatedInTheCalm() {
    return handled.stream()
        .filter(one -> one.ended() < calmUntil && one.attempt() > one.task().attempts())
        .toList();
  }

  /** Tasks by id, with how often the queue says that they came to an end, and by which. */
  Map<String, List<String>> ends() {
    return events.stream()
        .filter(event -> !event.outcome().equals("retried"))
        .collect(
            Collectors.groupingBy(
                event -> String.valueOf(event.taskId()),
                TreeMap::new,
                Collectors.mapping(
                    event -> event.attempt() + " " + event.outcome(), Collectors.toList())));
  }

  /** The same, as the handlers have it: the last attempt of each task. */
  Map<String, List<String>> lastAttempts() {
    Map<String, List<String>> last = new TreeMap<>();
    byTask()
        .forEach(
            (task, attempts) -> {
              Handled end = attempts.get(attempts.size() - 1);
              String outcome = end.verdict() == Verdict.BURY ? "buried" : "done";
              last.put(task.id(), List.of(end.attempt() + " " + outcome));
            });
    return last;
  }

  Set<String> deadIds() {
    return dead.stream()
        .map(task -> String.valueOf(task.task().facts().get("task_id")))
        .collect(Collectors.toSet());
  }

  Set<String> handledIds() {
    return handled.stream().map(one -> one.task().id()).collect(Collectors.toSet());
  }

  /** How often tasks were handed out again, by the attempts at which they came to their end. */
  long attemptsBeyondTheFirst() {
    return events.stream()
        .filter(event -> !event.outcome().equals("retried"))
        .mapToLong(event -> event.attempt() - 1)
        .sum();
  }

  long total(String name) {
    return stats.totals().getOrDefault(name, 0L);
  }

  /** In one line. */
  String figures() {
    return "%d tasks handled %d times, %d of them again after their end; %d redeliveries;"
            .formatted(total("enqueued"), handled.size(), duplicates().size(), total("redelivered"))
        + " killed: %d workers, %d producers, %d times Redis; %d cuts, %d half-open links, %d pauses"
            .formatted(
                disturbances.count(Kind.KILL, "worker"),
                disturbances.count(Kind.KILL, "producer"),
                disturbances.count(Kind.KILL, Disturbances.REDIS),
                disturbances.count(Kind.CUT, ""),
                disturbances.count(Kind.HALF_OPEN, ""),
                disturbances.count(Kind.PAUSE, ""));
  }
}
