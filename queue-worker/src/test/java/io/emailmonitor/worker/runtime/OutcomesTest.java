package io.emailmonitor.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a task when its handler has had it. */
class OutcomesTest extends WithWorker {
  @Test
  void triesAgain_byThePolicy_whenTheHandlerNamesNoDelay() {
    enqueue("a");

    start(
        settings(1), attempt -> attempt.number() == 1 ? Outcome.retry("no disk") : Outcome.done());

    untilCounted("done", 1);
    assertThat(count("retried")).isEqualTo(1);
    assertThat(queue.eventsAfter(TaskEvents.BEGINNING, 1).events().get(0).reason())
        .isEqualTo("no disk");
  }

  @Test
  void triesAgain_whenTheHandlerThrows() {
    enqueue("a");

    start(
        settings(1),
        attempt -> {
          if (attempt.number() < 3) {
            throw new IllegalStateException("no luck");
          }
          return Outcome.done();
        });

    untilCounted("done", 1);
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(count("retried")).isEqualTo(2);
  }

  @Test
  void givesUpWithTheLastReason_whenAllAttemptsFail() {
    enqueue("a");

    start(
        settings(1),
        attempt -> {
          throw new IllegalStateException("no luck at attempt " + attempt.number());
        });

    untilCounted("buried", 1);
    assertThat(queue.dead(0, 10))
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.deliveries()).isEqualTo(3);
              assertThat(dead.reason())
                  .contains("IllegalStateException: no luck at attempt 3")
                  .contains("the last one");
            });
  }

  @Test
  void comesBackAfterTheDelay_thatTheHandlerAsksFor() {
    enqueue("a");

    start(
        settings(1),
        attempt ->
            attempt.number() == 1
                ? Outcome.retryAfter(Duration.ofMillis(150), "busy")
                : Outcome.done());

    untilCounted("done", 1);
    Duration between = Duration.between(attempts.get(0).deadline(), attempts.get(1).deadline());
    assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void givesUpWithItsReason_whenTheHandlerAsksForOneRetryTooMany() {
    enqueue("a");

    start(settings(1), attempt -> Outcome.retryAfter(Duration.ZERO, "service is busy"));

    untilCounted("buried", 1);
    assertThat(count("retried")).isEqualTo(2);
    assertThat(queue.dead(0, 1).get(0).reason()).contains("service is busy");
  }

  @Test
  void buriesAtOnce_whenTheHandlerSaysSo() {
    enqueue("a");

    start(settings(1), attempt -> Outcome.bury("not\na \u001b[31mPDF"));

    untilCounted("buried", 1);
    assertThat(attempts).hasSize(1);
    assertThat(queue.dead(0, 1).get(0).reason()).isEqualTo("not a  [31mPDF");
  }

  @Test
  void buriesWhatIsNoTask_andGoesOn() {
    queue.push("hello".getBytes(StandardCharsets.UTF_8));
    queue.push(new byte[0]);
    queue.push("{\"task_id\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    enqueue("a");

    start(settings(1), attempt -> Outcome.done());

    untilCounted("done", 1);
    assertThat(count("buried")).isEqualTo(3);
    assertThat(queue.dead(0, 10))
        .extracting(DeadTask::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("'attachment_content_b64' is missing"),
            reason -> assertThat(reason).contains("not a JSON object"),
            reason -> assertThat(reason).contains("not valid JSON"));
    assertThat(handledIds()).containsExactly("a");
  }

  @Test
  void buriesUnreadableContent_whenTheHandlerStumblesOverIt() {
    String json = new String(Tasks.task("a").json(), StandardCharsets.UTF_8);
    queue.push(json.replaceAll("b64\":\"....", "b64\":\"!!!!").getBytes(StandardCharsets.UTF_8));

    start(
        settings(1),
        attempt -> {
          try {
            attempt.transferContentTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new IllegalStateException("wrapped", e);
          }
          return Outcome.done();
        });

    untilCounted("buried", 1);
    assertThat(attempts).hasSize(1);
    assertThat(queue.dead(0, 1).get(0).reason()).contains("not valid base64");
  }

  @Test
  void survivesErrorsAndNonsense_ofTheHandler() {
    enqueue("error", "nothing", "fine");

    start(settings(1), OutcomesTest::misbehave);

    untilCounted("buried", 2);
    untilCounted("done", 1);
    assertThat(queue.dead(0, 2))
        .extracting(DeadTask::reason)
        .anySatisfy(reason -> assertThat(reason).contains("StackOverflowError"))
        .anySatisfy(reason -> assertThat(reason).contains("the handler answered null"));
  }

  @SuppressWarnings("NullAway") // what it must not do, on purpose
  private static Outcome misbehave(Attempt attempt) {
    return switch (attempt.task().taskId()) {
      case "error" -> throw new StackOverflowError();
      case "nothing" -> null;
      default -> Outcome.done();
    };
  }
}
