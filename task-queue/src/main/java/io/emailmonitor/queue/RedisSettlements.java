package io.emailmonitor.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What can become of a claimed task. Each is one script that the fencing token guards. */
final class RedisSettlements {
  private static final int LONGEST_REASON = 2000;

  private final Redis redis;
  private final QueueKeys keys;

  RedisSettlements(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    Script.Call call = acknowledging(tasks);
    return redis.call(wire -> Reply.flags(call.on(wire)));
  }

  /** The script that acknowledges, for running it together with others. */
  Script.Call acknowledging(List<ClaimedTask> tasks) {
    List<byte[]> touched =
        new ArrayList<>(
            List.of(
                keys.due, keys.deliveries, keys.uncounted, keys.reasons, keys.stats, keys.events));
    List<Object> arguments = new ArrayList<>(1 + 16 * tasks.size());
    arguments.add(RedisEvents.KEPT);
    for (ClaimedTask task : tasks) {
      List<Object> event = RedisEvents.of(task, "done", "");
      touched.add(keys.job(task.claimId()));
      arguments.addAll(List.of(task.claimId(), task.delivery(), event.size()));
      arguments.addAll(event);
    }
    return Script.ACKNOWLEDGE.with(touched, arguments.toArray());
  }

  boolean renew(ClaimedTask task, Duration lease) {
    return reschedule(task, lease, "renewed", "", List.of());
  }

  boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    return reschedule(task, delay, "retried", reason, RedisEvents.of(task, "retried", reason));
  }

  boolean release(ClaimedTask task) {
    return reschedule(task, Duration.ZERO, "released", "", List.of());
  }

  private boolean reschedule(
      ClaimedTask task, Duration delay, String how, String reason, List<Object> event) {
    Script.Call call =
        Script.RESCHEDULE.with(
            List.of(
                keys.due,
                keys.deliveries,
                keys.uncounted,
                keys.reasons,
                keys.stats,
                keys.bell,
                keys.events),
            arguments(task, event, Math.max(0, delay.toMillis()), how, shortened(reason)));
    return redis.call(wire -> Reply.yes(call.on(wire)));
  }

  boolean bury(ClaimedTask task, String reason) {
    Script.Call call =
        Script.BURY.with(
            List.of(keys.due, keys.deliveries, keys.reasons, keys.stats, keys.dead, keys.events),
            arguments(task, RedisEvents.of(task, "buried", reason), shortened(reason)));
    return redis.call(wire -> Reply.yes(call.on(wire)));
  }

  private static Object[] arguments(ClaimedTask task, List<Object> event, Object... own) {
    List<Object> all = new ArrayList<>(List.of(task.claimId(), task.delivery()));
    all.addAll(Arrays.asList(own));
    all.add(RedisEvents.KEPT);
    all.addAll(event);
    return all.toArray();
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
