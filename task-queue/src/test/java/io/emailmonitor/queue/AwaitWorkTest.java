package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class AwaitWorkTest {
  /** Far more than waking takes, and less than the longest wait. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  private RedisTaskQueue queue;

  @BeforeEach
  void open() {
    queue = redis.open();
  }

  private Future<Duration> waiting(Duration atMost) {
    return CompletableFuture.supplyAsync(() -> timed(atMost));
  }

  private Duration timed(Duration atMost) {
    long start = System.nanoTime();
    queue.awaitWork(atMost);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void wakesAtOnce_whenATaskArrives() throws ExecutionException, InterruptedException {
    Future<Duration> waited = waiting(LONG);
    queue.enqueue(Tasks.tasks("a", 1));

    assertThat(waited.get()).isLessThan(SOON);
  }

  @Test
  void wakesAtOnce_whenATaskIsGivenBack() throws ExecutionException, InterruptedException {
    queue.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = queue.claim().orElseThrow();
    queue.awaitWork(Duration.ofMillis(1)); // takes the ring of the push
    Future<Duration> waited = waiting(LONG);
    queue.release(task);

    assertThat(waited.get()).isLessThan(SOON);
  }

  @Test
  void doesNotWait_whenTasksWait() {
    queue.enqueue(Tasks.tasks("a", 2));
    queue.awaitWork(LONG);
    assertThat(timed(LONG)).isLessThan(SOON);
  }

  @Test
  void wakesInTime_forARetryThatFallsDue() {
    queue.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = queue.claim().orElseThrow();
    queue.awaitWork(Duration.ofMillis(1));
    queue.retryAfter(task, Duration.ofMillis(300), "no disk");
    queue.awaitWork(Duration.ofMillis(1));

    assertThat(timed(LONG)).isLessThan(SOON);
    redis.outlast(Duration.ofMillis(2));
    assertThat(queue.claim()).isPresent();
  }

  @Test
  void claimsInTheSameBreath_whenATaskArrives() throws ExecutionException, InterruptedException {
    Future<TaskSource.Claim> claimed =
        CompletableFuture.supplyAsync(() -> queue.awaitAndClaim(LONG, TaskSource.Room.ANY_ONE));
    queue.enqueue(Tasks.tasks("a", 2));

    assertThat(claimed.get().tasks()).hasSize(1);
    assertThat(queue.stats().waiting()).isEqualTo(1);
    assertThat(queue.acknowledge(claimed.get().tasks())).containsExactly(true);
  }

  @Test
  void claimsWhatIsThere_withoutWaiting() {
    queue.enqueue(Tasks.tasks("a", 1));

    assertThat(queue.awaitAndClaim(LONG, TaskSource.Room.ANY_ONE).tasks()).hasSize(1);
    assertThat(queue.awaitAndClaim(Duration.ofMillis(1), TaskSource.Room.ANY_ONE).tasks())
        .isEmpty();
  }

  @Test
  void returnsEmptyHanded_whenTheTimeIsUp() {
    assertThat(timed(Duration.ofMillis(200))).isBetween(Duration.ofMillis(150), SOON);
    assertThat(timed(Duration.ofMillis(1))).isLessThan(SOON);
    assertThat(timed(Duration.ofNanos(1))).isLessThan(SOON);
    assertThat(timed(Duration.ZERO)).isLessThan(SOON);
  }
}
