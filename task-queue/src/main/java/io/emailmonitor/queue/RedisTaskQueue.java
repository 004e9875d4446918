package io.emailmonitor.queue;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.List;

/**
 * The task queue on a Redis server. Making one connects to nothing: an unreachable server shows
 * when it is used, and using it again after it came back just works. Safe for use by any number of
 * threads.
 */
public final class RedisTaskQueue
    implements TaskProducer, TaskSource, QueueInspector, AutoCloseable {
  private final Redis redis;
  private final RedisProducer producer;
  private final RedisClaims claims;
  private final RedisSettlements settlements;
  private final RedisBell bell;
  private final RedisInspector inspector;
  private final RedisDeadTasks deadTasks;
  private final RedisEvents events;
  private final RedisRepair repair;
  private final RedisDrain drain;
  private final RedisWorkers workers;

  /** The queue of that name on that server. */
  public RedisTaskQueue(RedisSettings server, QueueSettings settings) {
    this(new StandaloneConnections(server), settings);
  }

  RedisTaskQueue(Connections connections, QueueSettings settings) {
    redis = new Redis(connections);
    QueueKeys keys = new QueueKeys(settings.name());
    producer = new RedisProducer(redis, keys, settings);
    settlements = new RedisSettlements(redis, keys);
    bell = new RedisBell(redis, keys);
    claims = new RedisClaims(redis, keys, settings, settlements, bell);
    inspector = new RedisInspector(redis, keys, settings);
    deadTasks = new RedisDeadTasks(redis, keys);
    events = new RedisEvents(redis, keys);
    repair = new RedisRepair(redis, keys);
    drain = new RedisDrain(redis, keys);
    workers = new RedisWorkers(redis, keys);
  }

  /** Where the server is, for messages: without credentials. */
  public String describe() {
    return redis.describe();
  }

  @Override
  public List<EnqueueResult> enqueue(List<EncodedTask> tasks) {
    return producer.enqueue(tasks);
  }

  @Override
  public Claim claim(Room room) {
    return claims.claim(room);
  }

  @Override
  public void awaitWork(Duration atMost) {
    bell.await(atMost);
  }

  @Override
  public Claim awaitAndClaim(Duration atMost, Room room) {
    return claims.awaitAndClaim(atMost, room);
  }

  @Override
  public List<Boolean> acknowledge(List<ClaimedTask> tasks) {
    return tasks.isEmpty() ? List.of() : settlements.acknowledge(tasks);
  }

  @Override
  public Turn acknowledgeAndClaim(List<ClaimedTask> done, Room room) {
    return done.isEmpty()
        ? new Turn(List.of(), claim(room))
        : claims.acknowledgeAndClaim(done, room);
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    return settlements.renew(task, lease);
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    return settlements.retryAfter(task, delay, reason);
  }

  @Override
  public boolean release(ClaimedTask task) {
    return settlements.release(task);
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    return settlements.bury(task, reason);
  }

  @Override
  public void announce(WorkerPresence worker) {
    workers.announce(worker);
  }

  @Override
  public void leave(String worker) {
    workers.leave(worker);
  }

  @Override
  public List<WorkerPresence> workers() {
    return workers.alive();
  }

  @Override
  public QueueHealth health() {
    return inspector.health();
  }

  @Override
  public QueueStats stats() {
    return inspector.stats();
  }

  @Override
  public List<QueuedTask> peek(int count) {
    return inspector.peek(count);
  }

  @Override
  public List<DeadTask> dead(int offset, int count) {
    return deadTasks.dead(offset, count);
  }

  @Override
  public TaskEvents eventsAfter(String position, int count) {
    return events.after(position, count);
  }

  @Override
  public boolean redrive(String claimId) {
    return deadTasks.redrive(claimId);
  }

  @Override
  public boolean discard(String claimId) {
    return deadTasks.discard(claimId);
  }

  @Override
  public int expire(Duration age, int atMost) {
    return deadTasks.expire(age, atMost);
  }

  @Override
  public long clear() {
    return inspector.clear();
  }

  @Override
  public boolean clearIf(long expected) {
    return inspector.clearIf(expected);
  }

  @Override
  public boolean forget(String taskId) {
    return inspector.forget(taskId);
  }

  @Override
  public long drain() {
    return drain.drain();
  }

  @Override
  public long repair() {
    return repair.repair();
  }

  /** Closes the connections; calls in progress end with an exception at their next command. */
  @Override
  public void close() {
    redis.close();
  }
}
