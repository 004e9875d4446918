package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Finds payloads that neither {@code due} nor {@code dead} leads to and makes them claimable. */
final class RedisRepair {
  private static final int PAGE = 1000;

  private final Redis redis;
  private final QueueKeys keys;

  RedisRepair(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  long repair() {
    return redis.call(this::repair);
  }

  private long repair(Wire wire) {
    long repaired = 0;
    String cursor = "0";
    do {
      List<?> page =
          Reply.list(
              wire.call(
                  new CommandArguments(Command.SCAN)
                      .add(cursor)
                      .add("MATCH")
                      .add(jobPattern())
                      .add("COUNT")
                      .add(PAGE)));
      cursor = Reply.text(page.get(0));
      repaired += repair(wire, Reply.list(page.get(1)));
    } while (!cursor.equals("0"));
    return repaired;
  }

  private long repair(Wire wire, List<?> jobKeys) {
    if (jobKeys.isEmpty()) {
      return 0;
    }
    List<byte[]> touched = new ArrayList<>(List.of(keys.due, keys.dead, keys.stats, keys.bell));
    jobKeys.forEach(key -> touched.add((byte[]) key));
    return Reply.number(Script.REPAIR.with(touched, keys.jobs.length).on(wire));
  }

  /** Names of queues may hold what means something in a pattern. */
  private String jobPattern() {
    return new String(keys.jobs, UTF_8).replaceAll("[\\\\*?\\[\\]^-]", "\\\\$0") + "*";
  }
}
