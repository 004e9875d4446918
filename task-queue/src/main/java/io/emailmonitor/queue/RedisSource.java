package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The way out: claims, leases and settles tasks. */
final class RedisSource implements TaskSource {
  /** Neither an interrupt nor closing the connection ends a blocking call. */
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

  /** Redis 6.2 rounds 1 ms down to 0, which means for ever. */
  private static final Duration SHORTEST_BLOCK = Duration.ofMillis(10);

  private static final int LONGEST_REASON = 2000;

  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;

  RedisSource(Redis redis, QueueKeys keys, QueueSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
  }

  @Override
  public Optional<ClaimedTask> claim() {
    return redis.call(wire -> take(wire, claiming().on(wire)));
  }

  @Override
  public Turn acknowledgeAndClaim(ClaimedTask task) {
    List<Object> replies =
        redis.call(
            wire -> {
              List<Object> both = Script.all(wire, List.of(acknowledging(task), claiming()));
              Reply.checked(both.get(0));
              return both;
            });
    boolean acknowledged = Reply.yes(replies.get(0));
    try {
      return new Turn(acknowledged, redis.call(wire -> take(wire, replies.get(1))));
    } catch (QueueUnavailableException e) {
      // What was acknowledged must be known; the next claim fails for the same reason.
      return new Turn(acknowledged, Optional.empty());
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
      acknowledging(id, 1).on(wire);
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

  @Override
  public void awaitWork(Duration atMost) {
    redis.call(
        wire -> {
          Duration wait = shorter(atMost, shorter(LONGEST_BLOCK, quietTime(wire)));
          return wait.toMillis() <= 0 ? wait : listenToBell(wire, wait);
        });
  }

  /** How long nothing will be claimable unless somebody rings. */
  private Duration quietTime(Wire wire) {
    wire.send(new CommandArguments(Command.LLEN).key(keys.list));
    wire.send(new CommandArguments(Command.ZRANGE).key(keys.due).add(0).add(0).add("WITHSCORES"));
    wire.send(Command.TIME);
    List<Object> replies = wire.receive(3);
    if (Reply.number(replies.get(0)) > 0) {
      return Duration.ZERO;
    }
    List<?> nextDue = Reply.list(replies.get(1));
    List<?> time = Reply.list(replies.get(2));
    long now = Reply.number(time.get(0)) * 1000 + Reply.number(time.get(1)) / 1000;
    return nextDue.isEmpty()
        ? LONGEST_BLOCK
        : Duration.ofMillis((long) Double.parseDouble(Reply.text(nextDue.get(1))) - now);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Object listenToBell(Wire wire, Duration wait) {
    Duration bounded = wait.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : wait;
    String seconds = String.format(Locale.ROOT, "%.3f", bounded.toMillis() / 1000.0);
    return wire.callBlocking(
        bounded, new CommandArguments(Command.BZPOPMIN).key(keys.bell).add(seconds));
  }

  @Override
  public boolean acknowledge(ClaimedTask task) {
    return redis.call(wire -> Reply.yes(acknowledging(task).on(wire)));
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    return reschedule(task, lease, "renewed", "");
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    return reschedule(task, delay, "retried", reason);
  }

  @Override
  public boolean release(ClaimedTask task) {
    return reschedule(task, Duration.ZERO, "released", "");
  }

  private boolean reschedule(ClaimedTask task, Duration delay, String how, String reason) {
    Script.Call call =
        Script.RESCHEDULE.with(
            List.of(keys.due, keys.deliveries, keys.uncounted, keys.reasons, keys.stats, keys.bell),
            task.claimId(),
            task.delivery(),
            Math.max(0, delay.toMillis()),
            how,
            shortened(reason));
    return redis.call(wire -> Reply.yes(call.on(wire)));
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    Script.Call call =
        Script.BURY.with(
            List.of(keys.due, keys.deliveries, keys.reasons, keys.stats, keys.dead),
            task.claimId(),
            task.delivery(),
            shortened(reason));
    return redis.call(wire -> Reply.yes(call.on(wire)));
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
            keys.stats),
        settings.lease().toMillis(),
        settings.maxDeliveries(),
        new String(keys.jobs, UTF_8));
  }

  private Script.Call acknowledging(ClaimedTask task) {
    return acknowledging(task.claimId(), task.delivery());
  }

  private Script.Call acknowledging(String id, int delivery) {
    return Script.ACKNOWLEDGE.with(
        List.of(keys.due, keys.deliveries, keys.uncounted, keys.reasons, keys.stats, keys.job(id)),
        id,
        delivery);
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
