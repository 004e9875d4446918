package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The way out: puts the task that is next in turn into the caller's hands, under a lease. Safe for
 * use by any number of threads.
 */
final class RedisClaims {
  /** How many commands taking a task from the list consists of. */
  private static final int TAKING = 5;

  /** How wrong a lease's end may be. */
  private static final long TOLERATED_MS = 1000;

  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;
  private final RedisSettlements settlements;

  /** What the server's clock shows; null when that is not known. */
  private volatile @Nullable ServerClock clock;

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
    AtomicReference<@Nullable Boolean> acknowledged = new AtomicReference<>();
    Optional<ClaimedTask> next;
    try {
      next = redis.call(wire -> turn(wire, acknowledging, acknowledged::set));
    } catch (QueueUnavailableException e) {
      if (acknowledged.get() == null) {
        throw e;
      }
      // What was acknowledged must be known; the next claim fails for the same reason.
      next = Optional.empty();
    }
    return new TaskSource.Turn(Boolean.TRUE.equals(acknowledged.get()), next);
  }

  /**
   * One round trip, when all goes as usual: takes the list's next task without waiting for the
   * script's decision. Where that is another one, the script has changed the statistics, which
   * undoes the taking.
   */
  private Optional<ClaimedTask> turn(
      Wire wire, Script.Call acknowledging, Consumer<Boolean> acknowledged) {
    ServerClock known = clock;
    if (known == null) {
      acknowledged.accept(Reply.yes(acknowledging.on(wire)));
      return take(wire, claiming().on(wire));
    }
    String id = UUID.randomUUID().toString();
    long guess = known.now();
    acknowledging.send(wire);
    wire.send(new CommandArguments(Command.WATCH).key(keys.stats));
    claiming().send(wire);
    sendTaking(wire, id, guess + settings.lease().toMillis());
    Object first = wire.receive(1).get(0);
    if (!Script.isUnknown(first)) {
      acknowledged.accept(Reply.yes(first));
    }
    List<Object> replies = wire.receive(2 + TAKING);
    if (Script.isUnknown(first)) {
      acknowledged.accept(Reply.yes(acknowledging.on(wire)));
    }
    Reply.checked(replies.get(0));
    return taken(wire, id, guess, replies.get(1), replies.subList(2, replies.size()));
  }

  private Optional<ClaimedTask> taken(
      Wire wire, String id, long guess, Object decision, List<Object> taking) {
    boolean refused = Transactions.refusedForMemory(taking);
    List<?> results = refused ? null : Transactions.executed(taking);
    if (results == null) {
      return take(wire, Script.isUnknown(decision) ? claiming().on(wire) : decision);
    }
    byte[] payload = Reply.bytes(results.get(2));
    if (payload == null) {
      // Nothing was moved, so nothing must stay leased.
      settlements.acknowledging(new ClaimedTask(id, 1, 1, new byte[0])).on(wire);
      return take(wire, claiming().on(wire));
    }
    ClaimedTask task = new ClaimedTask(id, 1, 1, payload);
    if (!learnTime(decision, guess)) {
      settlements.renewing(task, settings.lease()).on(wire);
    }
    return Optional.of(task);
  }

  /** Whether the script told the time and the guess was near; else there is no guess next time. */
  private boolean learnTime(Object decision, long guess) {
    boolean told = decision instanceof List<?> what && Reply.number(what.get(0)) == 2;
    long now = told ? Reply.number(((List<?>) decision).get(1)) : 0;
    clock = told ? ServerClock.showing(now) : null;
    return told && Math.abs(now - guess) <= TOLERATED_MS;
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
    long now = Reply.number(next.get(1));
    clock = ServerClock.showing(now);
    long leaseEnd = now + settings.lease().toMillis();
    sendTaking(wire, id, leaseEnd);
    List<Object> replies = wire.receive(TAKING);
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

  private void sendTaking(Wire wire, String id, long leaseEnd) {
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
