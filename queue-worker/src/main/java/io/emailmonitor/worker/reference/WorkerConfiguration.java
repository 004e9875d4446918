package io.emailmonitor.worker.reference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import io.emailmonitor.worker.runtime.Worker;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What worker.yml says, as text. The methods turn it into the parts' settings and throw {@link
 * InvalidSettingException} naming what is wrong, which binding to numbers and durations would not.
 */
public final class WorkerConfiguration extends Configuration {
  /** Threads that hold a connection besides the worker's: lease renewal, health, one spare. */
  private static final int OTHER_CONNECTIONS = 3;

  private static final int MAX_CONCURRENCY = 256;
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Redis redis;
  private final Queue queue;
  private final Work worker;
  private final Map<String, Object> handler;

  /** The section {@code redis}. */
  record Redis(
      @Nullable String url,
      @Nullable String host,
      @Nullable String port,
      @Nullable String db,
      @Nullable String username,
      @Nullable String password,
      @Nullable String tls) {
    static final Redis DEFAULT = new Redis(null, null, null, null, null, null, null);

    @Override
    public String toString() {
      return "Redis[not shown]";
    }
  }

  /** The section {@code queue}. */
  record Queue(@Nullable String name) {}

  /** The section {@code worker}. */
  record Work(
      @Nullable String name,
      @Nullable String concurrency,
      @Nullable String timeout,
      @Nullable String maxTimeout,
      @Nullable String lease,
      @Nullable String maxDeliveries,
      @Nullable String retryFirst,
      @Nullable String retryMax,
      @Nullable String stopGrace,
      @Nullable String maxBytesInHand) {
    static final Work DEFAULT =
        new Work(null, null, null, null, null, null, null, null, null, null);
  }

  @JsonCreator
  WorkerConfiguration(
      @JsonProperty("redis") @Nullable Redis redis,
      @JsonProperty("queue") @Nullable Queue queue,
      @JsonProperty("worker") @Nullable Work worker,
      @JsonProperty("handler") @Nullable Map<String, Object> handler) {
    this.redis = redis == null ? Redis.DEFAULT : redis;
    this.queue = queue == null ? new Queue(null) : queue;
    this.worker = worker == null ? Work.DEFAULT : worker;
    this.handler = handler == null ? Map.of() : handler;
  }

  RedisSettings redis(Worker.Settings work) {
    return InvalidSettingException.guard(() -> server())
        .withPoolSize(work.concurrency() + OTHER_CONNECTIONS);
  }

  private RedisSettings server() {
    if (redis.url() != null && !redis.url().isBlank()) {
      return RedisSettings.ofUrl(redis.url());
    }
    return RedisSettings.ofParts(
        Setting.of("redis.host", "REDIS_HOST", redis.host()).text(RedisSettings.DEFAULT_HOST),
        Setting.of("redis.port", "REDIS_PORT", redis.port())
            .number(RedisSettings.DEFAULT_PORT, 1, 65535),
        Setting.of("redis.db", "REDIS_DB", redis.db()).number(0, 0, Integer.MAX_VALUE),
        redis.username(),
        redis.password(),
        Setting.of("redis.tls", "REDIS_TLS", redis.tls()).yes(false));
  }

  QueueSettings queue(Worker.Settings work) {
    String name =
        Setting.of("queue.name", "EMAIL_QUEUE_NAME", queue.name()).text(QueueSettings.DEFAULT_NAME);
    return InvalidSettingException.guard(
        () -> QueueSettings.named(name).withDelivery(work.lease(), work.maxDeliveries()));
  }

  Worker.Settings worker() {
    return worker(RetryPolicy.DEFAULT);
  }

  /** With the policy of the handler, where the file does not say otherwise. */
  Worker.Settings worker(RetryPolicy ofHandler) {
    Duration timeout =
        Setting.of("worker.timeout", "WORKER_TIMEOUT", worker.timeout())
            .duration(Duration.ofMinutes(5), Duration.ofSeconds(1), LONGEST);
    Duration lease =
        Setting.of("worker.lease", "WORKER_LEASE", worker.lease())
            .duration(QueueSettings.DEFAULT_LEASE, Duration.ofSeconds(1), LONGEST);
    return new Worker.Settings(
        Setting.of("worker.name", "WORKER_NAME", worker.name()).text(Worker.Settings.defaultName()),
        Setting.of("worker.concurrency", "WORKER_CONCURRENCY", worker.concurrency())
            .number(2, 1, MAX_CONCURRENCY),
        timeout,
        Setting.of("worker.maxTimeout", "WORKER_MAX_TIMEOUT", worker.maxTimeout())
            .duration(longer(timeout, MAX_TIMEOUT), timeout, LONGEST),
        // A lease beyond the timeout would only keep a hung task back.
        lease.compareTo(timeout) < 0 ? lease : timeout,
        Setting.of("worker.maxDeliveries", "WORKER_MAX_DELIVERIES", worker.maxDeliveries())
            .number(QueueSettings.DEFAULT_MAX_DELIVERIES, 1, 1000),
        retry(ofHandler),
        Setting.of("worker.stopGrace", worker.stopGrace())
            .duration(Duration.ofSeconds(8), Duration.ZERO, LONGEST),
        Setting.of("worker.maxBytesInHand", "WORKER_MAX_BYTES", worker.maxBytesInHand())
            .bytes(Worker.Settings.defaultMaxBytesInHand()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private RetryPolicy retry(RetryPolicy ofHandler) {
    Duration first =
        Setting.of("worker.retryFirst", worker.retryFirst())
            .duration(ofHandler.first(), Duration.ofMillis(1), LONGEST);
    Duration max =
        Setting.of("worker.retryMax", worker.retryMax())
            .duration(longer(first, ofHandler.max()), first, LONGEST);
    return new RetryPolicy(first, max);
  }

  TaskHandler handler() {
    return InvalidSettingException.guard(
        () -> {
          HandlerSettings settings = new HandlerSettings(handler);
          return Handlers.named(settings.get("type").orElse("log").strip(), settings);
        });
  }
}
