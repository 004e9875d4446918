package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.WorkerPresence;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Worker.Settings SETTINGS =
      new Worker.Settings(3, LONG, LONG, 3, RetryPolicy.DEFAULT, LONG);

  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("q"), InstantSource.system());
  private final LeaseKeeper leases = new LeaseKeeper(queue, new QueueLink(), SETTINGS);
  private final Presence presence = new Presence(queue, leases, SETTINGS);

  @Test
  void tellsWhatIsInHand() {
    queue.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = queue.claim().orElseThrow();
    Hold hold = leases.hold(task);
    hold.nameTask("a0");

    presence.announce();

    WorkerPresence worker = queue.workers().get(0);
    assertThat(worker.name()).isEqualTo(SETTINGS.name());
    assertThat(worker.concurrency()).isEqualTo(3);
    assertThat(worker.holdings())
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.taskId()).isEqualTo("a0");
              assertThat(holding.claimId()).isEqualTo(task.claimId());
              assertThat(holding.attempt()).isEqualTo(1);
            });

    leases.letGo(hold);
    presence.announce();
    assertThat(queue.workers().get(0).held()).isZero();
  }

  @Test
  void staysQuiet_whenTheQueueDoesNotAnswer() {
    queue.setUnavailable(true);

    presence.announce();
    presence.leave();

    queue.setUnavailable(false);
    assertThat(queue.workers()).isEmpty();
  }

  @Test
  void comesAndGoesWithTheWorker() throws InterruptedException {
    Worker worker = new Worker(queue, attempt -> Outcome.done(), SETTINGS, new MetricRegistry());
    worker.start();
    Polling.until("it shows itself", () -> queue.workers().size() == 1);

    worker.stop();

    assertThat(queue.workers()).isEqualTo(List.of());
  }
}
