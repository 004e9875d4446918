package io.emailmonitor.monitor;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a check of something far away quick and cheap: asks at most once in a while, on another
 * thread, and does not wait long for it. Safe for use by several threads.
 */
final class BoundedCheck extends HealthCheck {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final HealthCheck check;
  private final Executor executor;
  private final InstantSource clock;
  private final Duration patience;
  private Instant askedAt = Instant.MIN;
  private @Nullable CompletableFuture<Result> answer;

  /**
   * @param patience how long to wait for an answer
   */
  BoundedCheck(HealthCheck check, Executor executor, InstantSource clock, Duration patience) {
    this.check = check;
    this.executor = executor;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  protected Result check() throws InterruptedException, ExecutionException {
    CompletableFuture<Result> latest = latestAnswer();
    try {
      return latest.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Result.unhealthy("No answer yet to what was asked at " + askedAt());
    }
  }

  /** A question without an answer is not asked again: threads would pile up behind it. */
  private synchronized CompletableFuture<Result> latestAnswer() {
    Instant now = clock.instant();
    if (answer == null || (answer.isDone() && now.isAfter(askedAt.plus(FRESH)))) {
      askedAt = now;
      answer = CompletableFuture.supplyAsync(check::execute, executor);
    }
    return answer;
  }

  private synchronized Instant askedAt() {
    return askedAt;
  }
}
