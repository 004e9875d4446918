package io.emailmonitor.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The tasks that were given up: shows them, gives them another chance or removes them. */
final class RedisDeadTasks {
  private final Redis redis;
  private final QueueKeys keys;

  RedisDeadTasks(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  List<DeadTask> dead(int offset, int count) {
    return redis.call(wire -> dead(wire, offset, Math.min(count, RedisInspector.MAX_PAGE)));
  }

  private List<DeadTask> dead(Wire wire, int offset, int count) {
    List<?> idsAndTimes = count == 0 ? List.of() : deadIds(wire, offset, count);
    List<DeadTask> tasks = new ArrayList<>();
    for (int i = 0; i < idsAndTimes.size(); i += 2) {
      double diedAt = Double.parseDouble(Reply.text(idsAndTimes.get(i + 1)));
      tasks.add(dead(wire, Reply.text(idsAndTimes.get(i)), Instant.ofEpochMilli((long) diedAt)));
    }
    return tasks;
  }

  private List<?> deadIds(Wire wire, int offset, int count) {
    return Reply.list(
        wire.call(
            new CommandArguments(Command.ZREVRANGE)
                .key(keys.dead)
                .add(offset)
                .add(offset + (long) count - 1)
                .add("WITHSCORES")));
  }

  private DeadTask dead(Wire wire, String id, Instant diedAt) {
    wire.send(new CommandArguments(Command.HGET).key(keys.deliveries).add(id));
    wire.send(new CommandArguments(Command.HGET).key(keys.uncounted).add(id));
    wire.send(new CommandArguments(Command.HGET).key(keys.reasons).add(id));
    List<Object> replies = wire.receive(3);
    long deliveries = Reply.number(replies.get(0)) - Reply.number(replies.get(1));
    String reason = Reply.text(replies.get(2));
    // One at a time, so that a page of large items does not hold up the server's other clients.
    List<QueuedTask> item = Beginnings.read(wire, keys.job(id), 0, 1);
    QueuedTask task = item.isEmpty() ? new QueuedTask(0, Map.of()) : item.get(0);
    return new DeadTask(id, diedAt, (int) deliveries, reason, task);
  }

  boolean redrive(String claimId) {
    Script.Call call =
        Script.REDRIVE.with(
            List.of(
                keys.due,
                keys.deliveries,
                keys.uncounted,
                keys.reasons,
                keys.stats,
                keys.dead,
                keys.bell),
            claimId);
    return redis.call(wire -> Reply.yes(call.on(wire)));
  }

  boolean discard(String claimId) {
    return redis.call(wire -> discard(wire, claimId, Duration.ZERO, "discarded"));
  }

  int expire(Duration age, int atMost) {
    return redis.call(
        wire -> {
          int expired = 0;
          for (Object id : oldest(wire, age, atMost)) {
            expired += discard(wire, Reply.text(id), age, "expired") ? 1 : 0;
          }
          return expired;
        });
  }

  private List<?> oldest(Wire wire, Duration age, int atMost) {
    List<?> time = Reply.list(wire.call(Command.TIME));
    long now = Reply.number(time.get(0)) * 1000 + Reply.number(time.get(1)) / 1000;
    return Reply.list(
        wire.call(
            new CommandArguments(Command.ZRANGEBYSCORE)
                .key(keys.dead)
                .add("-inf")
                .add(now - age.toMillis())
                .add("LIMIT")
                .add(0)
                .add(atMost)));
  }

  /** Looks at the task first, to say of which one it was; the script decides whether it goes. */
  private boolean discard(Wire wire, String id, Duration age, String how) {
    List<Object> arguments = new ArrayList<>(List.of(id, age.toMillis(), how, RedisEvents.KEPT));
    arguments.addAll(RedisEvents.of(dead(wire, id, Instant.EPOCH), how));
    Script.Call call =
        Script.DISCARD.with(
            List.of(
                keys.deliveries,
                keys.uncounted,
                keys.reasons,
                keys.stats,
                keys.dead,
                keys.job(id),
                keys.events),
            arguments.toArray());
    return Reply.yes(call.on(wire));
  }
}
