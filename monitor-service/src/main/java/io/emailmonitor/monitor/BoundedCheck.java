package io.emailmonitor.monitor;

import com.codahale.metrics.health.HealthCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HealthCheck check;
  private final Executor executor;
  private final Clock clock;
  private Instant askedAt = Instant.MIN;
  private @Nullable CompletableFuture<Result> answer;

  BoundedCheck(HealthCheck check, Executor executor, Clock clock) {
    this.check = check;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  protected Result check() throws InterruptedException, ExecutionException {
    CompletableFuture<Result> latest = latestAnswer();
    try {
      return latest.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
