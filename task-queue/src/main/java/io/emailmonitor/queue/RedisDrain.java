package io.emailmonitor.queue;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Puts tasks back on the list, for consumers that know nothing else. Their payloads stay in the
 * server: a transaction moves them, and its replies, which would hold them, are switched off.
 */
final class RedisDrain {
  private static final int PAGE = 1000;

  private final Redis redis;
  private final QueueKeys keys;

  RedisDrain(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  long drain() {
    return redis.call(this::drain);
  }

  private long drain(Wire wire) {
    long drained = 0;
    List<String> ids = free(wire);
    while (!ids.isEmpty()) {
      int before = ids.size();
      ids.removeIf(id -> !drain(wire, id));
      drained += ids.size();
      // What somebody claimed just now stays; so does everything when there is no memory.
      ids = ids.isEmpty() || before < PAGE ? List.of() : free(wire);
    }
    return drained;
  }

  /** What is dead, and what is claimed although its lease has ended. */
  private List<String> free(Wire wire) {
    wire.send(new CommandArguments(Command.ZRANGE).key(keys.dead).add(0).add(PAGE - 1));
    wire.send(Command.TIME);
    List<Object> replies = wire.receive(2);
    List<String> ids = new ArrayList<>();
    Reply.list(replies.get(0)).forEach(id -> ids.add(Reply.text(id)));
    Reply.list(
            wire.call(
                new CommandArguments(Command.ZRANGEBYSCORE)
                    .key(keys.due)
                    .add("-inf")
                    .add(millis(replies.get(1)))
                    .add("LIMIT")
                    .add(0)
                    .add(PAGE)))
        .forEach(id -> ids.add(Reply.text(id)));
    return ids;
  }

  private static long millis(Object time) {
    List<?> parts = Reply.list(time);
    return Reply.number(parts.get(0)) * 1000 + Reply.number(parts.get(1)) / 1000;
  }

  /** Returns whether it lies on the list now. */
  private boolean drain(Wire wire, String id) {
    wire.send(new CommandArguments(Command.WATCH).key(keys.due).key(keys.dead));
    wire.send(Command.TIME);
    wire.send(new CommandArguments(Command.ZSCORE).key(keys.due).add(id));
    wire.send(new CommandArguments(Command.ZSCORE).key(keys.dead).add(id));
    wire.send(new CommandArguments(Command.EXISTS).key(keys.job(id)));
    List<Object> replies = wire.receive(5);
    String due = Reply.text(replies.get(2));
    boolean over = !due.isEmpty() && Double.parseDouble(due) <= millis(replies.get(1));
    boolean dead = !Reply.text(replies.get(3)).isEmpty();
    if (!(over || dead) || !Reply.yes(replies.get(4))) {
      wire.call(Command.UNWATCH);
      return false;
    }
    move(wire, id);
    return !Reply.yes(wire.call(new CommandArguments(Command.EXISTS).key(keys.job(id))));
  }

  private void move(Wire wire, String id) {
    wire.send(Command.CLIENT, "REPLY", "OFF");
    wire.send(Command.MULTI);
    wire.send(
        new CommandArguments(Command.LMOVE)
            .key(keys.job(id))
            .key(keys.list)
            .add("LEFT")
            .add("RIGHT"));
    wire.send(new CommandArguments(Command.ZREM).key(keys.due).add(id));
    wire.send(new CommandArguments(Command.ZREM).key(keys.dead).add(id));
    for (byte[] hash : List.of(keys.deliveries, keys.uncounted, keys.reasons)) {
      wire.send(new CommandArguments(Command.HDEL).key(hash).add(id));
    }
    wire.send(new CommandArguments(Command.HINCRBY).key(keys.stats).add("drained").add(1));
    wire.send(Command.EXEC);
    wire.call(Command.CLIENT, "REPLY", "ON");
  }
}
