package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/**
 * For tests of the HTTP side in front of fakes: all share one server, which lives as long as this
 * process.
 */
abstract class WithApi {
  static final QueueSettings QUEUE = QueueSettings.named("todo");
  static final InMemoryTaskQueue TASKS = new InMemoryTaskQueue(QUEUE, Clock.systemUTC());
  static final ApiServer SERVER =
      new ApiServer(
          Optional.of(new InspectedQueue(TASKS, QUEUE, "redis://example:6379/0")), Map.of());
  static final String ENCODED_ID = URLEncoder.encode(FakeHistory.ID, StandardCharsets.UTF_8);

  @AfterEach
  void recover() {
    TASKS.setUnavailable(false);
    TASKS.drain();
    TASKS.clear();
    SERVER.intake.failure = null;
    SERVER.intake.problem = null;
    SERVER.intake.dead = null;
    SERVER.intake.mayEnd = new CountDownLatch(0);
    SERVER.backlog = Optional.empty();
    SERVER.mailSource.failure = null;
  }

  static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
    assertThat(answer.json().at("/title").asText()).isNotEmpty();
    assertThat(answer.json().at("/detail").asText()).isNotEmpty();
    assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
  }
}
