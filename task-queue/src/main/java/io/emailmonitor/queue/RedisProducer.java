package io.emailmonitor.queue;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.args.Rawable;

/**
 * The way in: looks at what is new and fits, then pushes that and marks it as seen in one
 * transaction, so that a crash between the two can neither lose nor double a task.
 */
final class RedisProducer {
  /** How many tasks one look is about. */
  private static final int LOOK = 1000;

  /** How long replicas may take; what takes longer is asked about again by the next try. */
  private static final Duration REPLICATION = Duration.ofSeconds(2);

  private final Redis redis;
  private final QueueKeys keys;
  private final QueueSettings settings;

  RedisProducer(Redis redis, QueueKeys keys, QueueSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
  }

  List<EnqueueResult> enqueue(List<EncodedTask> tasks) {
    EnqueueBatch batch = new EnqueueBatch(tasks, settings);
    while (batch.isOpen()) {
      try {
        redis.call(wire -> run(wire, batch));
      } catch (QueueUnavailableException e) {
        // Redis hangs up on who sends an item beyond its proto-max-bulk-len.
        if (batch.isSmall() || !redis.call(wire -> batch.sortOut(ServerLimits.read(wire)))) {
          throw e;
        }
      }
    }
    if (settings.minReplicas() > 0) {
      batch.accepted().ifPresent(this::awaitReplicas);
    }
    return batch.results();
  }

  /**
   * Waits until replicas have all that was enqueued, now or by an earlier try. WAIT is about the
   * connection's own last write, so one is made that changes nothing and that a full server takes.
   */
  private void awaitReplicas(String taskId) {
    long have =
        redis.call(
            wire -> {
              wire.call(
                  new CommandArguments(Command.EXPIRE)
                      .key(keys.seen(taskId))
                      .add(settings.seenTtl().toSeconds()));
              return Reply.number(
                  wire.callBlocking(
                      REPLICATION,
                      new CommandArguments(Command.WAIT)
                          .add(settings.minReplicas())
                          .add(REPLICATION.toMillis())));
            });
    if (have < settings.minReplicas()) {
      throw new QueueUnavailableException(
          "Redis at "
              + redis.describe()
              + ": only "
              + have
              + " of the "
              + settings.minReplicas()
              + " replicas that REDIS_MIN_REPLICAS wants have the tasks: see INFO replication there");
    }
  }

  private EnqueueBatch run(Wire wire, EnqueueBatch batch) {
    for (List<Integer> open = batch.open(LOOK); !open.isEmpty(); open = batch.open(LOOK)) {
      EnqueueBatch.Plan plan = look(wire, batch, open);
      if (plan.push().isEmpty()) {
        wire.call(Command.UNWATCH);
        batch.settle(plan);
      } else if (!push(wire, batch, plan)) {
        // For each connection Redis keeps a buffer of what came last, which it now has no room for.
        wire.hangUp();
        return batch;
      }
    }
    return batch;
  }

  /** Asks which tasks are known already and what room there is, from now on watching the former. */
  private EnqueueBatch.Plan look(Wire wire, EnqueueBatch batch, List<Integer> open) {
    Object[] markers = open.stream().map(i -> keys.seen(batch.taskId(i))).toArray();
    boolean bytesCount = settings.maxBytes() > 0;
    wire.send(new CommandArguments(Command.WATCH).keys(markers));
    wire.send(new CommandArguments(Command.MGET).keys(markers));
    // Also makes sure that the key is a list: in a transaction, only the push would fail.
    wire.send(new CommandArguments(Command.LLEN).key(keys.list));
    if (bytesCount) {
      wire.send(RedisInspector.memoryUsage(keys.list));
    }
    List<Object> replies = wire.receive(bytesCount ? 4 : 3);
    Reply.checked(replies.get(0));
    return batch.plan(
        open,
        Reply.list(replies.get(1)),
        Reply.number(replies.get(2)),
        bytesCount ? Reply.number(replies.get(3)) : 0);
  }

  /**
   * Pushes what is planned; settles nothing when one of them has been enqueued since the look.
   *
   * @return false if the server had no room
   */
  private boolean push(Wire wire, EnqueueBatch batch, EnqueueBatch.Plan plan) {
    List<Object> replies = push(wire, batch, plan.push());
    if (Transactions.refusedForMemory(replies)) {
      if (!batch.sortOut(ServerLimits.read(wire))) {
        batch.refuse(plan);
      }
      return false;
    }
    if (Transactions.executed(replies) != null) {
      batch.settle(plan);
    }
    return true;
  }

  private List<Object> push(Wire wire, EnqueueBatch batch, List<Integer> chosen) {
    CommandArguments lpush = new CommandArguments(Command.LPUSH).key(keys.list);
    // Added as a byte[], Jedis would copy it.
    chosen.forEach(i -> lpush.add((Rawable) () -> batch.payload(i)));
    wire.send(Command.MULTI);
    wire.send(lpush);
    for (int i : chosen) {
      wire.send(
          new CommandArguments(Command.SET)
              .key(keys.seen(batch.taskId(i)))
              .add(1)
              .add(Keyword.EX)
              .add(settings.seenTtl().toSeconds()));
    }
    wire.send(new CommandArguments(Command.ZADD).key(keys.bell).add(0).add(1));
    wire.send(
        new CommandArguments(Command.HINCRBY).key(keys.stats).add("enqueued").add(chosen.size()));
    wire.send(Command.EXEC);
    return wire.receive(chosen.size() + 5);
  }
}
