package io.emailmonitor.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the queue promises, without Redis: the tasks by their ids, where each is, and what each
 * operation makes of that when nothing goes wrong. Times are the server's, in ms.
 */
final class QueueModel {
  /**
   * A task that is claimed or dead.
   *
   * @param claimId null while only the queue knows it
   * @param due when it may be claimed again; 0 if it is dead
   */
  record Claim(@Nullable String claimId, int deliveries, int uncounted, long due) {
    int attempt() {
      return deliveries - uncounted;
    }

    private Claim until(long newDue) {
      return new Claim(claimId, deliveries, uncounted, newDue);
    }

    private Claim handedOut(long newDue) {
      return new Claim(claimId, deliveries + 1, uncounted, newDue);
    }

    private Claim withUncounted(int deliveriesThatDoNotCount) {
      return new Claim(claimId, deliveries, deliveriesThatDoNotCount, due);
    }
  }

  /** What a claim hands out. */
  record Delivery(String task, int number, int attempt) {}

  /** The next in turn first. */
  final List<String> waiting = new ArrayList<>();

  final Map<String, Claim> claimed = new TreeMap<>();
  final Map<String, Claim> dead = new TreeMap<>();

  final Set<String> seen = new TreeSet<>();
  final Map<String, Long> totals = new TreeMap<>();

  QueueModel copy() {
    QueueModel copy = new QueueModel();
    copy.waiting.addAll(waiting);
    copy.claimed.putAll(claimed);
    copy.dead.putAll(dead);
    copy.seen.addAll(seen);
    copy.totals.putAll(totals);
    return copy;
  }

  private void count(String total, long more) {
    if (more > 0) {
      totals.merge(total, more, Long::sum);
    }
  }

  List<EnqueueResult> enqueue(List<String> tasks, int maxItems) {
    List<EnqueueResult> results = new ArrayList<>();
    Set<String> before = new HashSet<>(seen);
    boolean full = false;
    for (String task : tasks) {
      full |= !seen.contains(task) && waiting.size() >= maxItems;
      if (seen.contains(task)) {
        results.add(EnqueueResult.ALREADY_ENQUEUED);
      } else if (full) {
        results.add(EnqueueResult.QUEUE_FULL);
      } else {
        results.add(EnqueueResult.ENQUEUED);
        waiting.add(task);
        seen.add(task);
      }
    }
    count("enqueued", seen.size() - before.size());
    return results;
  }

  List<Delivery> claim(int most, long now, long leaseEnd, int maxDeliveries) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Map.Entry<String, Claim> due : dueAt(now)) {
      if (deliveries.size() < most) {
        again(due.getKey(), due.getValue().handedOut(leaseEnd), maxDeliveries)
            .ifPresent(deliveries::add);
      }
    }
    while (deliveries.size() < most && !waiting.isEmpty()) {
      String task = waiting.remove(0);
      claimed.put(task, new Claim(null, 1, 0, leaseEnd));
      deliveries.add(new Delivery(task, 1, 1));
    }
    return deliveries;
  }

  /** Hands out what is due again, or gives it up. */
  private Optional<Delivery> again(String task, Claim next, int maxDeliveries) {
    if (next.attempt() <= maxDeliveries) {
      claimed.put(task, next);
      count("redelivered", 1);
      return Optional.of(new Delivery(task, next.deliveries(), next.attempt()));
    }
    claimed.remove(task);
    dead.put(task, next.until(0).withUncounted(next.uncounted() + 1));
    count("exhausted", 1);
    return Optional.empty();
  }

  private List<Map.Entry<String, Claim>> dueAt(long now) {
    return claimed.entrySet().stream()
        .filter(one -> one.getValue().due() <= now)
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Claim> one) -> one.getValue().due())
                .thenComparing(one -> String.valueOf(one.getValue().claimId())))
        .map(one -> Map.entry(one.getKey(), one.getValue()))
        .toList();
  }

  /** The task that a worker may still settle. */
  private @Nullable String held(ClaimedTask token) {
    for (Map.Entry<String, Claim> one : claimed.entrySet()) {
      if (token.claimId().equals(one.getValue().claimId())) {
        return one.getValue().deliveries() == token.delivery() ? one.getKey() : null;
      }
    }
    return null;
  }

  List<Boolean> acknowledge(List<ClaimedTask> tokens) {
    return tokens.stream().map(this::acknowledge).toList();
  }

  private boolean acknowledge(ClaimedTask token) {
    String task = held(token);
    if (task != null) {
      claimed.remove(task);
      count("acknowledged", 1);
    }
    return task != null;
  }

  boolean renew(ClaimedTask token, long until) {
    String task = held(token);
    if (task != null) {
      claimed.computeIfPresent(task, (id, claim) -> claim.until(until));
    }
    return task != null;
  }

  boolean retry(ClaimedTask token, long at) {
    boolean held = renew(token, at);
    count("retried", held ? 1 : 0);
    return held;
  }

  boolean release(ClaimedTask token, long now) {
    String task = held(token);
    if (task != null) {
      claimed.computeIfPresent(
          task, (id, claim) -> claim.until(now).withUncounted(claim.uncounted() + 1));
      count("released", 1);
    }
    return task != null;
  }

  boolean bury(ClaimedTask token) {
    String task = held(token);
    if (task != null) {
      dead.put(task, claimed.remove(task).until(0));
      count("buried", 1);
    }
    return task != null;
  }

  boolean redrive(String task, long now) {
    Claim claim = dead.remove(task);
    if (claim != null) {
      claimed.put(task, claim.until(now).withUncounted(claim.deliveries()));
      count("redriven", 1);
    }
    return claim != null;
  }

  boolean discard(String task) {
    return remove(task, "discarded");
  }

  boolean expire(String task) {
    return remove(task, "expired");
  }

  private boolean remove(String task, String how) {
    boolean known = dead.remove(task) != null;
    count(how, known ? 1 : 0);
    return known;
  }

  long clear() {
    long cleared = waiting.size();
    waiting.clear();
    count("cleared", cleared);
    return cleared;
  }

  void push(String task) {
    waiting.add(task);
  }

  @Nullable String pop() {
    return waiting.isEmpty() ? null : waiting.remove(0);
  }

  void passTime(long millis) {
    claimed.replaceAll((task, claim) -> claim.until(claim.due() - millis));
  }

  /** Learns from what was found the names of the claims that have come to be since. */
  QueueModel named(QueueModel found) {
    QueueModel named = copy();
    named.claimed.replaceAll(
        (task, claim) -> {
          Claim same = found.claimed.get(task);
          return claim.claimId() != null || same == null
              ? claim
              : new Claim(same.claimId(), claim.deliveries(), claim.uncounted(), claim.due());
        });
    return named;
  }

  /** All of it in words; equal if and only if the queues are, give or take half a minute. */
  String describe(long now) {
    StringBuilder text = new StringBuilder("waiting " + waiting);
    text.append("\n  claimed");
    claimed.forEach((task, claim) -> text.append(' ').append(task).append(words(claim, now)));
    text.append("\n  dead");
    dead.forEach((task, claim) -> text.append(' ').append(task).append(words(claim, now)));
    return text + "\n  seen " + seen + "\n  totals " + totals;
  }

  private static String words(Claim claim, long now) {
    return "(%s delivery %d uncounted %d%s)"
        .formatted(
            claim.claimId(),
            claim.deliveries(),
            claim.uncounted(),
            claim.due() == 0 ? "" : " in " + minutes(claim.due(), now) + " min");
  }

  private static long minutes(long time, long now) {
    return Math.round((time - now) / 60_000.0);
  }
}
