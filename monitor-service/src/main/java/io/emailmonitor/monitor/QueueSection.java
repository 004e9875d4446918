package io.emailmonitor.monitor;

import io.dropwizard.util.DataSize;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.delivery.ResultReader;
import io.emailmonitor.monitor.ledger.TaskResults;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.RedisTls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The task queue on Redis.
 *
 * @param url wins over the parts
 */
public record QueueSection(
    boolean enabled,
    @Nullable Secret url,
    String host,
    int port,
    int db,
    @Nullable String username,
    @Nullable Secret password,
    boolean tls,
    @Nullable String tlsCa,
    @Nullable String tlsCert,
    @Nullable String tlsKey,
    String name,
    int maxSize,
    DataSize maxBytes,
    int minReplicas,
    String deadTaskRetention) {

  /**
   * @throws IllegalArgumentException naming the setting, what is wrong with it and what is allowed
   */
  RedisSettings server() {
    RedisSettings server =
        url == null
            ? RedisSettings.ofParts(
                host, port, db, username, password == null ? null : password.reveal(), tls)
            : RedisSettings.ofUrl(url.reveal());
    return server.withTls(RedisTls.ofFiles(tlsCa, tlsCert, tlsKey));
  }

  /**
   * @throws IllegalArgumentException naming the setting, what is wrong with it and what is allowed
   */
  QueueSettings limits() {
    return QueueSettings.named(name)
        .withLimits(maxSize, maxBytes.toBytes())
        .withMinReplicas(minReplicas);
  }

  /** Connects to nothing yet; empty when the queue is switched off. */
  Optional<RedisTaskQueue> open() {
    return enabled ? Optional.of(new RedisTaskQueue(server(), limits())) : Optional.empty();
  }

  ResultReader results(RedisTaskQueue queue, TaskResults results) {
    return new ResultReader(name, queue, results);
  }

  InspectedQueue inspected(RedisTaskQueue queue) {
    return new InspectedQueue(queue, limits(), queue.describe());
  }

  void check(Problems problems) {
    problems.check(url == null ? "queue.host" : "queue.url", this::server);
    problems.check("queue.name", this::limits);
    DurationOrZero.checkRetention(problems, "queue.deadTaskRetention", deadTaskRetention);
  }
}
