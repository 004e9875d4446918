package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The way out: puts the task that is next in turn into the caller's hands, under a lease. */
final class RedisClaims {
  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;
  private final RedisSettlements settlements;

  RedisClaims(Redis redis, QueueKeys keys, QueueSettings settings, RedisSettlements settlements) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.settlements = settlements;
  }

  Optional<ClaimedTask> claim() {
    return redis.call(wire -> take(wire, claiming().on(wire)));
  }

  TaskSource.Turn acknowledgeAndClaim(ClaimedTask task) {
    Script.Call acknowledging = settlements.acknowledging(task);
    List<Object> replies =
        redis.call(
            wire -> {
              List<Object> both = Script.all(wire, List.of(acknowledging, claiming()));
              Reply.checked(both.get(0));
              return both;
            });
    boolean acknowledged = Reply.yes(replies.get(0));
    try {
      return new TaskSource.Turn(acknowledged, redis.call(wire -> take(wire, replies.get(1))));
    } catch (QueueUnavailableException e) {
      // What was acknowledged must be known; the next claim fails for the same reason.
      return new TaskSource.Turn(acknowledged, Optional.empty());
    }
  }

  /** Fetches what the claim script decided on; when that is gone, asks it again. */
  private Optional<ClaimedTask> take(Wire wire, Object decision) {
    for (List<?> next = Reply.list(decision); ; next = Reply.list(claiming().on(wire))) {
      long what = Reply.number(next.get(0));
      if (what == 0) {
        return Optional.empty();
      }
      ClaimedTask task = what == 1 ? redelivered(wire, next) : fresh(wire, next);
      if (task != null) {
        return Optional.of(task);
      }
    }
  }

  private @Nullable ClaimedTask redelivered(Wire wire, List<?> next) {
    String id = Reply.text(next.get(1));
    byte[] payload = payload(wire, id);
    int delivery = (int) Reply.number(next.get(2));
    int attempt = (int) Reply.number(next.get(3));
    return payload == null ? null : new ClaimedTask(id, delivery, attempt, payload);
  }

  private byte @Nullable [] payload(Wire wire, String id) {
    return Reply.bytes(wire.call(new CommandArguments(Command.LINDEX).key(keys.job(id)).add(0)));
  }

  /** Leases the next item under a new id and moves it there: both or neither. */
  private @Nullable ClaimedTask fresh(Wire wire, List<?> next) {
    String id = UUID.randomUUID().toString();
    long leaseEnd = Reply.number(next.get(1)) + settings.lease().toMillis();
    wire.send(Command.MULTI);
    wire.send(new CommandArguments(Command.ZADD).key(keys.due).add(leaseEnd).add(id));
    wire.send(new CommandArguments(Command.HSET).key(keys.deliveries).add(id).add(1));
    wire.send(
        new CommandArguments(Command.LMOVE)
            .key(keys.list)
            .key(keys.job(id))
            .add("RIGHT")
            .add("LEFT"));
    wire.send(Command.EXEC);
    List<Object> replies = wire.receive(5);
    if (Transactions.refusedForMemory(replies)) {
      return freshWhenFull(wire, id, leaseEnd);
    }
    List<?> results = Transactions.executed(replies);
    byte[] payload = results == null ? null : Reply.bytes(results.get(2));
    if (payload == null) {
      // Somebody was faster: nothing was moved, so nothing must stay leased.
      settlements.acknowledging(new ClaimedTask(id, 1, 1, new byte[0])).on(wire);
      return null;
    }
    return new ClaimedTask(id, 1, 1, payload);
  }

  private @Nullable ClaimedTask freshWhenFull(Wire wire, String id, long leaseEnd) {
    List<byte[]> touched = List.of(keys.list, keys.due, keys.deliveries, keys.job(id));
    boolean moved = Reply.yes(Script.TAKE_WHEN_FULL.with(touched, id, leaseEnd).on(wire));
    byte[] payload = moved ? payload(wire, id) : null;
    return payload == null ? null : new ClaimedTask(id, 1, 1, payload);
  }

  private Script.Call claiming() {
    return Script.CLAIM.with(
        List.of(
            keys.list,
            keys.due,
            keys.deliveries,
            keys.dead,
            keys.uncounted,
            keys.reasons,
            keys.bell,
            keys.stats,
            keys.events),
        settings.lease().toMillis(),
        settings.maxDeliveries(),
        new String(keys.jobs, UTF_8),
        RedisEvents.KEPT);
  }
}
