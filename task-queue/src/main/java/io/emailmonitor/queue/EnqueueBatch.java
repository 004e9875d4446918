package io.emailmonitor.queue;

import io.emailmonitor.model.EncodedTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tasks on their way in: which are still open, and what is to become of them. For one thread. */
final class EnqueueBatch {
  /** A transaction blocks the server for all its bytes; it holds more only for a single task. */
  static final int TRANSACTION_BYTES = 8 * 1024 * 1024;

  private final List<EncodedTask> tasks;
  private final QueueSettings settings;
  private final @Nullable EnqueueResult[] results;
  private int tasksAtOnce = Integer.MAX_VALUE;
  private boolean full;

  EnqueueBatch(List<EncodedTask> tasks, QueueSettings settings) {
    this.tasks = List.copyOf(tasks);
    this.settings = settings;
    this.results = new EnqueueResult[tasks.size()];
  }

  String taskId(int index) {
    return tasks.get(index).task().taskId();
  }

  byte[] payload(int index) {
    return tasks.get(index).json();
  }

  /** The first tasks, by index, of which nothing has become yet. */
  List<Integer> open(int atMost) {
    return IntStream.range(0, tasks.size())
        .filter(i -> results[i] == null)
        .limit(atMost)
        .boxed()
        .toList();
  }

  /** What is to become of tasks; those that are in no list stay open. */
  record Plan(List<Integer> known, List<Integer> push, List<Integer> refused) {}

  /**
   * Decides, in order, what becomes of open tasks.
   *
   * @param seen for each of them, what marks it as known, or null
   * @param waiting how many tasks wait
   * @param waitingBytes how much memory they take
   */
  Plan plan(List<Integer> open, List<?> seen, long waiting, long waitingBytes) {
    Plan plan = new Plan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> chosen = new HashSet<>();
    long sending = 0;
    boolean complete = false;
    for (int position = 0; position < open.size(); position++) {
      int index = open.get(position);
      int length = payload(index).length;
      if (seen.get(position) != null) {
        plan.known.add(index);
      } else if (!complete && !chosen.contains(taskId(index))) {
        if (!fits(waiting + chosen.size(), waitingBytes + sending, length)
            || full
            || !plan.refused.isEmpty()) {
          plan.refused.add(index);
        } else if (isEnough(chosen.size(), sending, length)) {
          complete = true;
        } else {
          plan.push.add(index);
          chosen.add(taskId(index));
          sending += length;
        }
      }
    }
    return plan;
  }

  private boolean isEnough(int tasks, long bytes, int more) {
    return tasks > 0 && (tasks >= tasksAtOnce || bytes + more > TRANSACTION_BYTES);
  }

  private boolean fits(long items, long bytes, int more) {
    boolean enoughBytes =
        settings.maxBytes() == 0 || items == 0 || bytes + more <= settings.maxBytes();
    return items < settings.maxItems() && enoughBytes;
  }

  /** The plan was carried out. */
  void settle(Plan plan) {
    settle(plan.known, EnqueueResult.ALREADY_ENQUEUED);
    settle(plan.push, EnqueueResult.ENQUEUED);
    settle(plan.refused, EnqueueResult.QUEUE_FULL);
  }

  /** The server had no room for what was to be pushed: it may have for less. */
  void refuse(Plan plan) {
    if (plan.push.size() > 1) {
      tasksAtOnce = plan.push.size() / 2;
    } else {
      settle(plan.push, EnqueueResult.QUEUE_FULL);
    }
  }

  private void settle(List<Integer> indices, EnqueueResult result) {
    indices.forEach(i -> results[i] = result);
    full |= result == EnqueueResult.QUEUE_FULL && !indices.isEmpty();
  }

  /** A task that is on the queue, or was; empty if none is. */
  Optional<String> accepted() {
    return IntStream.range(0, tasks.size())
        .filter(
            i ->
                results[i] == EnqueueResult.ENQUEUED
                    || results[i] == EnqueueResult.ALREADY_ENQUEUED)
        .mapToObj(this::taskId)
        .findFirst();
  }

  boolean isOpen() {
    return !open(1).isEmpty();
  }

  /** Whether nothing of it can be too large for a server. */
  boolean isSmall() {
    return tasks.stream().allMatch(task -> task.json().length <= ServerLimits.ALWAYS_TAKEN);
  }

  /** Settles what the server can never take; false if it could take all that is open. */
  boolean sortOut(ServerLimits limits) {
    List<Integer> tooLarge =
        open(tasks.size()).stream().filter(i -> !limits.everTake(payload(i).length)).toList();
    settle(tooLarge, EnqueueResult.TOO_LARGE);
    return !tooLarge.isEmpty();
  }

  List<EnqueueResult> results() {
    return List.of(results);
  }
}
