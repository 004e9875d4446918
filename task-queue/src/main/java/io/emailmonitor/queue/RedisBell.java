package io.emailmonitor.queue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Lets idle workers wait until there may be something to claim. */
final class RedisBell {
  /** Neither an interrupt nor closing the connection ends a blocking call. */
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

  /** Redis 6.2 rounds 1 ms down to 0, which means for ever. */
  private static final Duration SHORTEST_BLOCK = Duration.ofMillis(10);

  private final Redis redis;
  private final QueueKeys keys;

  RedisBell(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  void await(Duration atMost) {
    redis.call(
        wire -> {
          await(wire, atMost, () -> {});
          return true;
        });
  }

  /** The server runs what is sent behind as soon as the wait ends: that saves a round trip. */
  void await(Wire wire, Duration atMost, Runnable sendBehind) {
    Duration wait = shorter(atMost, shorter(LONGEST_BLOCK, quietTime(wire)));
    if (wait.toMillis() > 0) {
      listen(wire, wait, sendBehind);
    } else {
      sendBehind.run();
    }
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

  private void listen(Wire wire, Duration wait, Runnable sendBehind) {
    Duration bounded = wait.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : wait;
    String seconds = String.format(Locale.ROOT, "%.3f", bounded.toMillis() / 1000.0);
    wire.callBlocking(
        bounded, new CommandArguments(Command.BZPOPMIN).key(keys.bell).add(seconds), sendBehind);
  }
}
