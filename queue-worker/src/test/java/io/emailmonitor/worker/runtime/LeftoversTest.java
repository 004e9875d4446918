package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LeftoversTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Leftovers.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("q"), InstantSource.system());
  private final Settler settler =
      new Settler(
          queue, new QueueLink(), new StopSignal(), new WorkerMetrics(new MetricRegistry()));
  private final Leftovers leftovers = new Leftovers(queue, settler);

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private Hold hold() {
    queue.push(new byte[0]);
    return new Hold(queue.claim().orElseThrow(), Instant.MAX, Duration.ofDays(1));
  }

  @Test
  void givesBackATask_andSaysThatItsHandlerGoesOn() throws InterruptedException {
    assertThat(leftovers.giveBack(List.of(hold()))).isTrue();

    assertThat(queue.claim()).isPresent();
    assertThat(said()).containsExactly("does not stop when interrupted");
  }

  @Test
  void leavesATaskToItsThread_andSaysSo_whenThatIsAboutToSettleIt() throws InterruptedException {
    Hold settling = hold();
    settling.takeSettlement();

    assertThat(leftovers.giveBack(List.of(settling))).isFalse();

    assertThat(queue.claim()).isEmpty();
    assertThat(said()).containsExactly("is just being settled");
  }

  /** The words that tell the two apart. */
  private List<String> said() {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(words -> words.replaceAll(".*(does not .*),.*|.*(is just .*),.*", "$1$2"))
        .toList();
  }
}
