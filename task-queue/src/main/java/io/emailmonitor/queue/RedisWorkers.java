package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Who is alive: only for people to see; that tasks come back depends on leases alone. */
final class RedisWorkers {
  private static final int MOST_SHOWN = 1000;

  private final Redis redis;
  private final QueueKeys keys;

  RedisWorkers(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  void announce(WorkerPresence worker) {
    Script.Call call =
        Script.ANNOUNCE.with(
            List.of(keys.workers, keys.holds),
            PresenceText.name(worker.name()),
            PresenceText.write(worker),
            WorkerPresence.GONE_AFTER.toMillis());
    redis.call(call::on);
  }

  void leave(String worker) {
    byte[] name = PresenceText.name(worker).getBytes(UTF_8);
    redis.call(
        wire -> {
          wire.send(new CommandArguments(Command.ZREM).key(keys.workers).add(name));
          wire.send(new CommandArguments(Command.HDEL).key(keys.holds).add(name));
          return wire.receive(2);
        });
  }

  List<WorkerPresence> alive() {
    return redis.call(this::alive);
  }

  private List<WorkerPresence> alive(Wire wire) {
    wire.send(Command.TIME);
    wire.send(
        new CommandArguments(Command.ZRANGE)
            .key(keys.workers)
            .add(0)
            .add(MOST_SHOWN - 1)
            .add("WITHSCORES"));
    wire.send(new CommandArguments(Command.HGETALL).key(keys.holds));
    List<Object> replies = wire.receive(3);
    List<?> time = Reply.list(replies.get(0));
    long now = Reply.number(time.get(0)) * 1000 + Reply.number(time.get(1)) / 1000;
    Map<String, String> words = words(Reply.list(replies.get(2)));
    List<WorkerPresence> alive = new ArrayList<>();
    List<?> names = Reply.list(replies.get(1));
    for (int i = 0; i + 1 < names.size(); i += 2) {
      String name = Reply.text(names.get(i));
      double seen = Double.parseDouble(Reply.text(names.get(i + 1)));
      Duration silent = Duration.ofMillis(Math.max(0, now - (long) seen));
      String said = words.get(name);
      if (said != null && silent.compareTo(WorkerPresence.GONE_AFTER) <= 0) {
        PresenceText.read(name, silent, said).ifPresent(alive::add);
      }
    }
    alive.sort((one, other) -> one.name().compareTo(other.name()));
    return alive;
  }

  private static Map<String, String> words(List<?> namesAndWords) {
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i + 1 < namesAndWords.size(); i += 2) {
      words.put(Reply.text(namesAndWords.get(i)), Reply.text(namesAndWords.get(i + 1)));
    }
    return words;
  }
}
