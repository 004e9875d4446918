package io.emailmonitor.queue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The view from outside: the server's health, counts, and the tasks that wait. */
final class RedisInspector {
  /** More than anybody reads, and little enough to hold in memory. */
  static final int MAX_PAGE = 1000;

  /** Sampling every item costs the server time by their number; this many take microseconds. */
  private static final int MEMORY_SAMPLES = 2000;

  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;

  RedisInspector(Redis redis, QueueKeys keys, QueueSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
  }

  static CommandArguments memoryUsage(byte[] key) {
    return new CommandArguments(Command.MEMORY)
        .add("USAGE")
        .key(key)
        .add("SAMPLES")
        .add(MEMORY_SAMPLES);
  }

  QueueHealth health() {
    return redis.call(
        wire -> ServerReport.read(wire).health(redis.describe(), settings.maxBytes()));
  }

  QueueStats stats() {
    return redis.call(this::stats);
  }

  private QueueStats stats(Wire wire) {
    wire.send(new CommandArguments(Command.LLEN).key(keys.list));
    wire.send(new CommandArguments(Command.ZCARD).key(keys.due));
    wire.send(new CommandArguments(Command.ZCARD).key(keys.dead));
    wire.send(memoryUsage(keys.list));
    wire.send(new CommandArguments(Command.HGETALL).key(keys.stats));
    List<Object> replies = wire.receive(5);
    return new QueueStats(
        Reply.number(replies.get(0)),
        Reply.number(replies.get(1)),
        Reply.number(replies.get(2)),
        Reply.number(replies.get(3)),
        oldest(wire),
        totals(Reply.list(replies.get(4))));
  }

  private @Nullable Instant oldest(Wire wire) {
    List<QueuedTask> next = Beginnings.read(wire, keys.list, 0, 1);
    Object createdAt = next.isEmpty() ? null : next.get(0).facts().get("created_at");
    try {
      return createdAt == null ? null : OffsetDateTime.parse(createdAt.toString()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Map<String, Long> totals(List<?> fieldsAndValues) {
    Map<String, Long> totals = new HashMap<>();
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      totals.put(Reply.text(fieldsAndValues.get(i)), Reply.number(fieldsAndValues.get(i + 1)));
    }
    return totals;
  }

  List<QueuedTask> peek(int count) {
    return redis.call(wire -> peek(wire, Math.min(count, MAX_PAGE)));
  }

  private List<QueuedTask> peek(Wire wire, int count) {
    List<QueuedTask> tasks = new ArrayList<>();
    boolean more = count > 0;
    while (more) {
      List<QueuedTask> found = Beginnings.read(wire, keys.list, tasks.size(), count - tasks.size());
      tasks.addAll(found);
      more = !found.isEmpty() && tasks.size() < count;
    }
    return tasks;
  }

  long clear() {
    return clear("");
  }

  boolean clearIf(long expected) {
    return clear(String.valueOf(expected)) == expected;
  }

  private long clear(String expected) {
    return redis.call(
        wire -> Reply.number(Script.CLEAR.with(List.of(keys.list, keys.stats), expected).on(wire)));
  }

  boolean forget(String taskId) {
    return redis.call(
        wire -> Reply.yes(wire.call(new CommandArguments(Command.UNLINK).key(keys.seen(taskId)))));
  }
}
