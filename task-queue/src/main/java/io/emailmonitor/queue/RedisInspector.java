package io.emailmonitor.queue;

import io.emailmonitor.model.TaskCodec;
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

/** The view from outside: counts, beginnings of items, dead tasks. */
final class RedisInspector implements QueueInspector {
  /** More than anybody reads, and little enough to hold in memory. */
  private static final int MAX_PAGE = 1000;

  private static final int BEGINNING_BYTES = 16 * 1024;

  /**
   * What one script run may look at: some 10 ms of the server's time, unless one item is larger.
   */
  private static final int LOOK_BYTES = 8 * 1024 * 1024;

  /** Sampling every item costs the server time by their number; this many take microseconds. */
  private static final int MEMORY_SAMPLES = 2000;

  private final Redis redis;
  private final QueueKeys keys;

  RedisInspector(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  static CommandArguments memoryUsage(byte[] key) {
    return new CommandArguments(Command.MEMORY)
        .add("USAGE")
        .key(key)
        .add("SAMPLES")
        .add(MEMORY_SAMPLES);
  }

  @Override
  public QueueHealth health() {
    return redis.call(wire -> ServerReport.read(wire).health(redis.describe()));
  }

  @Override
  public QueueStats stats() {
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
    List<QueuedTask> next = beginnings(wire, keys.list, 0, 1);
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

  @Override
  public List<QueuedTask> peek(int count) {
    return redis.call(wire -> peek(wire, Math.min(count, MAX_PAGE)));
  }

  private List<QueuedTask> peek(Wire wire, int count) {
    List<QueuedTask> tasks = new ArrayList<>();
    List<QueuedTask> more = beginnings(wire, keys.list, 0, count);
    while (!more.isEmpty()) {
      tasks.addAll(more);
      more = beginnings(wire, keys.list, tasks.size(), count - tasks.size());
    }
    return tasks;
  }

  /** As many items as one script run may look at, at least one if there is any. */
  private static List<QueuedTask> beginnings(Wire wire, byte[] list, int skip, int count) {
    List<?> found =
        Reply.list(
            Script.BEGINNINGS
                .with(List.of(list), skip, count, BEGINNING_BYTES, LOOK_BYTES)
                .on(wire));
    List<QueuedTask> tasks = new ArrayList<>();
    for (int i = 0; i < found.size(); i += 2) {
      byte[] beginning = Reply.bytes(found.get(i + 1));
      tasks.add(
          new QueuedTask(
              Reply.number(found.get(i)),
              TaskCodec.facts(beginning == null ? new byte[0] : beginning)));
    }
    return tasks;
  }

  @Override
  public List<DeadTask> dead(int offset, int count) {
    return redis.call(wire -> dead(wire, offset, Math.min(count, MAX_PAGE)));
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
    List<QueuedTask> item = beginnings(wire, keys.job(id), 0, 1);
    QueuedTask task = item.isEmpty() ? new QueuedTask(0, Map.of()) : item.get(0);
    return new DeadTask(id, diedAt, (int) deliveries, reason, task);
  }

  @Override
  public boolean redrive(String claimId) {
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

  @Override
  public boolean discard(String claimId) {
    Script.Call call =
        Script.DISCARD.with(
            List.of(
                keys.deliveries,
                keys.uncounted,
                keys.reasons,
                keys.stats,
                keys.dead,
                keys.job(claimId)),
            claimId);
    return redis.call(wire -> Reply.yes(call.on(wire)));
  }

  @Override
  public long clear() {
    return redis.call(
        wire -> Reply.number(Script.CLEAR.with(List.of(keys.list, keys.stats)).on(wire)));
  }
}
