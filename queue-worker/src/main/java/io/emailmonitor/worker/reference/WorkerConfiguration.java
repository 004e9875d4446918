package io.emailmonitor.worker.reference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTls;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import io.emailmonitor.worker.runtime.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What worker.yml says, as text. The methods turn it into the parts' settings and name what is
 * wrong, which binding to numbers and durations would not; they give defaults in its place.
 */
public final class WorkerConfiguration extends Configuration {
  /** Threads that hold a connection besides the worker's: lease renewal, presence, health, care. */
  private static final int OTHER_CONNECTIONS = 4;

  private static final int MAX_CONCURRENCY = 256;
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final RedisSettings DEFAULT_SERVER =
      RedisSettings.ofParts(
          RedisSettings.DEFAULT_HOST, RedisSettings.DEFAULT_PORT, 0, null, null, false);

  private final Redis redis;
  private final Queue queue;
  private final Work worker;
  private final Map<String, Object> handler;
  private final AccessSection access;

  /** The section {@code redis}. */
  record Redis(
      @Nullable String url,
      @Nullable String host,
      @Nullable String port,
      @Nullable String db,
      @Nullable String username,
      @Nullable String password,
      @Nullable String tls,
      @Nullable String tlsCa,
      @Nullable String tlsCert,
      @Nullable String tlsKey) {
    static final Redis DEFAULT =
        new Redis(null, null, null, null, null, null, null, null, null, null);

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

  /** The section {@code access}. */
  record AccessSection(
      @Nullable String token, @Nullable String allowAnonymous, @Nullable String allowedHosts) {
    @Override
    public String toString() {
      return "Access[not shown]";
    }
  }

  @JsonCreator
  WorkerConfiguration(
      @JsonProperty("redis") @Nullable Redis redis,
      @JsonProperty("queue") @Nullable Queue queue,
      @JsonProperty("worker") @Nullable Work worker,
      @JsonProperty("handler") @Nullable Map<String, Object> handler,
      @JsonProperty("access") @Nullable AccessSection access) {
    this.redis = redis == null ? Redis.DEFAULT : redis;
    this.queue = queue == null ? new Queue(null) : queue;
    this.worker = worker == null ? Work.DEFAULT : worker;
    this.handler = handler == null ? Map.of() : handler;
    this.access = access == null ? new AccessSection(null, null, null) : access;
  }

  /** Who may ask on the admin port. */
  Access access(Problems problems) {
    boolean anonymous =
        new Setting(problems, "access.allowAnonymous", "ALLOW_ANONYMOUS", access.allowAnonymous())
            .yes(false);
    Access who = Access.of(getServerFactory(), access.token(), access.allowedHosts());
    who.check(anonymous, problems);
    return who;
  }

  RedisSettings redis(Worker.Settings work, Problems problems) {
    return problems
        .check(
            () ->
                server(problems)
                    .withTls(RedisTls.ofFiles(redis.tlsCa(), redis.tlsCert(), redis.tlsKey())))
        .orElse(DEFAULT_SERVER)
        .withPoolSize(work.concurrency() + OTHER_CONNECTIONS);
  }

  private RedisSettings server(Problems problems) {
    if (redis.url() != null && !redis.url().isBlank()) {
      return RedisSettings.ofUrl(redis.url());
    }
    return RedisSettings.ofParts(
        new Setting(problems, "redis.host", "REDIS_HOST", redis.host())
            .text(RedisSettings.DEFAULT_HOST),
        new Setting(problems, "redis.port", "REDIS_PORT", redis.port())
            .number(RedisSettings.DEFAULT_PORT, 1, 65535),
        new Setting(problems, "redis.db", "REDIS_DB", redis.db()).number(0, 0, Integer.MAX_VALUE),
        redis.username(),
        redis.password(),
        new Setting(problems, "redis.tls", "REDIS_TLS", redis.tls()).yes(false));
  }

  QueueSettings queue(Worker.Settings work, Problems problems) {
    String name =
        new Setting(problems, "queue.name", "EMAIL_QUEUE_NAME", queue.name())
            .text(QueueSettings.DEFAULT_NAME);
    return problems
        .check(() -> QueueSettings.named(name))
        .orElseGet(() -> QueueSettings.named(QueueSettings.DEFAULT_NAME))
        .withDelivery(work.lease(), work.maxDeliveries());
  }

  /** With the policy of the handler, where the file does not say otherwise. */
  Worker.Settings worker(RetryPolicy ofHandler, Problems problems) {
    Duration timeout =
        new Setting(problems, "worker.timeout", "WORKER_TIMEOUT", worker.timeout())
            .duration(Worker.Settings.DEFAULT_TIMEOUT, Duration.ofSeconds(1), LONGEST);
    Duration lease =
        new Setting(problems, "worker.lease", "WORKER_LEASE", worker.lease())
            .duration(QueueSettings.DEFAULT_LEASE, Duration.ofSeconds(1), LONGEST);
    return new Worker.Settings(
        new Setting(problems, "worker.name", "WORKER_NAME", worker.name())
            .text(Worker.Settings.defaultName()),
        new Setting(problems, "worker.concurrency", "WORKER_CONCURRENCY", worker.concurrency())
            .number(Worker.Settings.DEFAULT_CONCURRENCY, 1, MAX_CONCURRENCY),
        timeout,
        new Setting(problems, "worker.maxTimeout", "WORKER_MAX_TIMEOUT", worker.maxTimeout())
            .duration(longer(timeout, MAX_TIMEOUT), timeout, LONGEST),
        // A lease beyond the timeout would only keep a hung task back.
        lease.compareTo(timeout) < 0 ? lease : timeout,
        new Setting(
                problems, "worker.maxDeliveries", "WORKER_MAX_DELIVERIES", worker.maxDeliveries())
            .number(QueueSettings.DEFAULT_MAX_DELIVERIES, 1, 1000),
        retry(ofHandler, problems),
        new Setting(problems, "worker.stopGrace", "WORKER_STOP_GRACE", worker.stopGrace())
            .duration(Worker.Settings.DEFAULT_STOP_GRACE, Duration.ZERO, LONGEST),
        new Setting(problems, "worker.maxBytesInHand", "WORKER_MAX_BYTES", worker.maxBytesInHand())
            .bytes(Worker.Settings.defaultMaxBytesInHand()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private RetryPolicy retry(RetryPolicy ofHandler, Problems problems) {
    Duration first =
        new Setting(problems, "worker.retryFirst", "WORKER_RETRY_FIRST", worker.retryFirst())
            .duration(ofHandler.first(), Duration.ofMillis(1), LONGEST);
    Duration max =
        new Setting(problems, "worker.retryMax", "WORKER_RETRY_MAX", worker.retryMax())
            .duration(longer(first, ofHandler.max()), first, LONGEST);
    return new RetryPolicy(first, max);
  }

  /** Empty if there is a problem with it. */
  Optional<TaskHandler> handler(Problems problems) {
    return problems.check(() -> Handlers.chosenBy(handler));
  }

  String handlerName() {
    return Handlers.name(handler);
  }
}
