package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.worker.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a worker ends, and what it leaves to others. */
class StoppingTest extends WithWorker {
  @Test
  void finishesWhatItHas_andBeginsNothing_whenStopped() throws InterruptedException {
    enqueue("a", "b");
    Worker worker = start(settings(1), this::waitForGate);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.quiet();
    open.countDown();
    worker.stop();

    assertThat(count("done")).isEqualTo(1);
    assertThat(handledIds()).containsExactly("a");
    assertThat(queue.stats().waiting()).isEqualTo(1);
  }

  @Test
  void beginsNothing_thatComesWhileItStops() throws InterruptedException {
    CountDownLatch quiet = new CountDownLatch(1);
    Worker worker = new Worker(source, attempt -> Outcome.done(), settings(1), metrics);
    source.meanwhile =
        () -> {
          if (quiet.getCount() > 0) {
            worker.quiet();
            enqueue("late");
            quiet.countDown();
          }
        };

    worker.start();
    assertThat(quiet.await(10, TimeUnit.SECONDS)).isTrue();
    worker.stop();

    assertThat(count("done")).isZero();
    assertThat(count("released")).isEqualTo(1);
    assertThat(Claims.next(queue).attempt()).isEqualTo(1);
  }

  @Test
  void givesBackWhatIsNotFinished_whenTheGraceIsOver() throws InterruptedException {
    enqueue("a");
    Worker worker = start(patience(LONG, LONG, Duration.ofMillis(20)), this::waitForGate);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.stop();

    assertThat(count("released")).isEqualTo(1);
    assertThat(Claims.next(queue).attempt()).isEqualTo(1);
  }

  @Test
  void givesBack_evenWhatItsHandlerDoesNotLetGo() throws InterruptedException {
    enqueue("a");
    Worker worker = start(patience(LONG, LONG, Duration.ofMillis(20)), this::ignoreInterrupts);
    Polling.until("the handler runs", () -> !attempts.isEmpty());

    worker.stop();

    assertThat(count("released")).isEqualTo(1);
    ClaimedTask again = Claims.next(queue);
    open.countDown();
    Polling.until("the handler's thread ends", () -> worker.problems().size() == 1);
    assertThat(count("done")).isZero();
    assertThat(queue.acknowledge(again)).isTrue();
  }

  @Test
  void stopsWithoutWaiting_whileTheQueueIsAway() throws InterruptedException {
    queue.setUnavailable(true);
    Worker worker = start(settings(2), attempt -> Outcome.done());
    Polling.until("it notices", () -> source.claims.get() >= 8);
    long start = System.nanoTime();

    worker.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void definesEveryOrderOfStartAndStop() throws InterruptedException {
    Worker worker = new Worker(source, attempt -> Outcome.done(), settings(1), metrics);
    assertThat(worker.problems()).singleElement().asString().contains("not running");
    worker.start();
    assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);
    worker.stop();
    worker.stop();
    assertThatThrownBy(worker::start).isInstanceOf(IllegalStateException.class);

    Worker never = new Worker(source, attempt -> Outcome.done(), settings(1), new MetricRegistry());
    never.stop();
  }
}
