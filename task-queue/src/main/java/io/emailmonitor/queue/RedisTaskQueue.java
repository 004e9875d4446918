package io.emailmonitor.queue;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The task queue on a Redis server. Making one connects to nothing: an unreachable server shows
 * when it is used, and using it again after it came back just works. Safe for use by any number of
 * threads.
 */
public final class RedisTaskQueue
    implements TaskProducer, TaskSource, QueueInspector, AutoCloseable {
  private final Redis redis;
  private final TaskProducer producer;
  private final TaskSource source;
  private final QueueInspector inspector;

  /** The queue of that name on that server. */
  public RedisTaskQueue(RedisSettings server, QueueSettings settings) {
    this(new StandaloneConnections(server), settings);
  }

  RedisTaskQueue(Connections connections, QueueSettings settings) {
    redis = new Redis(connections);
    QueueKeys keys = new QueueKeys(settings.name());
    producer = new RedisProducer(redis, keys, settings);
    source = new RedisSource(redis, keys, settings);
    inspector = new RedisInspector(redis, keys);
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
  public Optional<ClaimedTask> claim() {
    return source.claim();
  }

  @Override
  public void awaitWork(Duration atMost) {
    source.awaitWork(atMost);
  }

  @Override
  public boolean acknowledge(ClaimedTask task) {
    return source.acknowledge(task);
  }

  @Override
  public Turn acknowledgeAndClaim(ClaimedTask task) {
    return source.acknowledgeAndClaim(task);
  }

  @Override
  public boolean renew(ClaimedTask task, Duration lease) {
    return source.renew(task, lease);
  }

  @Override
  public boolean retryAfter(ClaimedTask task, Duration delay, String reason) {
    return source.retryAfter(task, delay, reason);
  }

  @Override
  public boolean release(ClaimedTask task) {
    return source.release(task);
  }

  @Override
  public boolean bury(ClaimedTask task, String reason) {
    return source.bury(task, reason);
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
    return inspector.dead(offset, count);
  }

  @Override
  public boolean redrive(String claimId) {
    return inspector.redrive(claimId);
  }

  @Override
  public boolean discard(String claimId) {
    return inspector.discard(claimId);
  }

  @Override
  public long clear() {
    return inspector.clear();
  }

  /** Closes the connections; calls in progress end with an exception at their next command. */
  @Override
  public void close() {
    redis.close();
  }
}
