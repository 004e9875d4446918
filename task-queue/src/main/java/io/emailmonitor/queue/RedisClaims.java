package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The way out: puts the tasks that are next in turn into the caller's hands, under a lease. One
 * round trip as a rule: new claims get ids that are known beforehand, so that their payloads are
 * asked for in the same breath. Safe for use by any number of threads.
 */
final class RedisClaims {
  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;
  private final RedisSettlements settlements;
  private final RedisBell bell;

  RedisClaims(
      Redis redis,
      QueueKeys keys,
      QueueSettings settings,
      RedisSettlements settlements,
      RedisBell bell) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.settlements = settlements;
    this.bell = bell;
  }

  TaskSource.Claim claim(TaskSource.Room room) {
    return redis.call(
        wire -> {
          Claiming claiming = new Claiming(wire, room);
          claiming.send();
          return claiming.receive();
        });
  }

  TaskSource.Claim awaitAndClaim(Duration atMost, TaskSource.Room room) {
    return redis.call(
        wire -> {
          Claiming claiming = new Claiming(wire, room);
          bell.await(wire, atMost, claiming::send);
          return claiming.receive();
        });
  }

  TaskSource.Turn acknowledgeAndClaim(List<ClaimedTask> done, TaskSource.Room room) {
    Acknowledged acknowledged = new Acknowledged();
    TaskSource.Claim next = TaskSource.Claim.NOTHING;
    try {
      next = redis.call(wire -> turn(wire, done, room, acknowledged));
    } catch (QueueUnavailableException e) {
      if (acknowledged.tasks == null) {
        throw e;
      }
      // What was acknowledged must be known; the next claim fails for the same reason.
    }
    return new TaskSource.Turn(acknowledged.known(), next);
  }

  /** What is known so far of an acknowledgement, also when what comes after it fails. */
  private static final class Acknowledged {
    @Nullable List<Boolean> tasks;

    List<Boolean> known() {
      return tasks == null ? List.of() : tasks;
    }
  }

  private TaskSource.Claim turn(
      Wire wire, List<ClaimedTask> done, TaskSource.Room room, Acknowledged acknowledged) {
    Script.Call acknowledging = settlements.acknowledging(done);
    Claiming claiming = new Claiming(wire, room);
    acknowledging.send(wire);
    claiming.send();
    Object reply = wire.receive(1).get(0);
    if (!Script.isUnknown(reply)) {
      acknowledged.tasks = Reply.flags(reply);
    }
    TaskSource.Claim next = claiming.receive();
    if (Script.isUnknown(reply)) {
      acknowledged.tasks = Reply.flags(acknowledging.on(wire));
    }
    return next;
  }

  /** One claim under way. */
  private final class Claiming {
    private final Wire wire;
    private final TaskSource.Room room;
    private final String ids = UUID.randomUUID() + "-";
    private final Script.Call script;

    Claiming(Wire wire, TaskSource.Room room) {
      this.wire = wire;
      this.room = room;
      this.script = claiming(ids, room);
    }

    void send() {
      script.send(wire);
      for (int i = 1; i <= room.tasks(); i++) {
        wire.send(payloadOf(ids + i));
      }
    }

    TaskSource.Claim receive() {
      List<Object> replies = wire.receive(1 + room.tasks());
      boolean unknown = Script.isUnknown(replies.get(0));
      List<?> decision = Reply.list(unknown ? script.on(wire) : replies.get(0));
      List<ClaimedTask> tasks = new ArrayList<>(decision.size() / 3);
      int fresh = 0;
      for (int at = 1; at < decision.size(); at += 3) {
        String id = Reply.text(decision.get(at));
        boolean travelled = !unknown && id.startsWith(ids);
        Object payload = travelled ? replies.get(++fresh) : wire.call(payloadOf(id));
        int delivery = (int) Reply.number(decision.get(at + 1));
        int attempt = (int) Reply.number(decision.get(at + 2));
        add(tasks, id, delivery, attempt, Reply.bytes(payload));
      }
      return new TaskSource.Claim(tasks, Reply.number(decision.get(0)));
    }

    /** A payload that is gone was removed by hand just now: its claim leads nowhere. */
    private static void add(
        List<ClaimedTask> tasks, String id, int delivery, int attempt, byte @Nullable [] payload) {
      if (payload != null) {
        tasks.add(new ClaimedTask(id, delivery, attempt, payload));
      }
    }
  }

  private CommandArguments payloadOf(String id) {
    return new CommandArguments(Command.LINDEX).key(keys.job(id)).add(0);
  }

  private Script.Call claiming(String ids, TaskSource.Room room) {
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
        RedisEvents.KEPT,
        ids,
        room.tasks(),
        room.bytes(),
        room.oneOfAnySize() ? 1 : 0);
  }
}
