package io.emailmonitor.service.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a question to something far away quick and cheap: it is asked at most once in a while, on
 * another thread, and not waited for long. Safe for use by several threads.
 *
 * @param <T> what the answer is
 */
public final class Recent<T> {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<T> question;
  private final Executor executor;
  private final InstantSource clock;
  private final Duration patience;
  private Instant askedAt = Instant.MIN;
  private @Nullable CompletableFuture<T> answer;

  /**
   * Asks nothing yet.
   *
   * @param patience how long to wait for an answer
   */
  public Recent(Supplier<T> question, Executor executor, InstantSource clock, Duration patience) {
    this.question = question;
    this.executor = executor;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * The answer, some seconds old at most; empty if there is none in time.
   *
   * @throws CompletionException with what the question threw
   */
  public Optional<T> get() throws InterruptedException {
    try {
      return Optional.of(latestAnswer().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /** The same, or nothing when the question failed too. */
  public Optional<T> ifKnown() {
    try {
      return get();
    } catch (CompletionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A question without an answer is not asked again: threads would pile up behind it. */
  private synchronized CompletableFuture<T> latestAnswer() {
    Instant now = clock.instant();
    CompletableFuture<T> latest = answer;
    if (latest == null || (latest.isDone() && now.isAfter(askedAt.plus(FRESH)))) {
      askedAt = now;
      latest = CompletableFuture.supplyAsync(question, executor);
      answer = latest;
    }
    return latest;
  }

  /** When the question was asked that the next answer belongs to. */
  public synchronized Instant askedAt() {
    return askedAt;
  }
}
