package io.emailmonitor.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.worker.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestAttemptTest {
  private static final TestTask TASK = TestTask.of("orders.csv", "4711;2\n");

  @Test
  void showsTheFacts_thatTheTestIsAbout() throws Exception {
    AttachmentTask task =
        TASK.from("bob@partner.example")
            .withSubject("Order")
            .withMimeType("text/csv")
            .withDetectedMimeType("text/plain")
            .withId("t1")
            .attempt()
            .task();

    assertThat(task.taskId()).isEqualTo("t1");
    assertThat(task.emailSenderEmail()).isEqualTo("bob@partner.example");
    assertThat(task.emailSubject()).isEqualTo("Order");
    assertThat(task.attachmentMimeType()).isEqualTo("text/csv");
    assertThat(task.extras().attachmentDetectedMimeType()).isEqualTo("text/plain");
    assertThat(task.attachmentFilename()).isEqualTo("orders.csv");
    assertThat(task.attachmentSize()).isEqualTo(7);
    assertThat(TASK.attempt().content()).asString().isEqualTo("4711;2\n");
    assertThat(TASK.attempt().openContent()).hasBinaryContent(TASK.attempt().content());
  }

  @Test
  void knowsEveryFact_thatTheMonitorKnows() {
    assertThat(TASK.attempt().task().extras()).hasNoNullFieldsOrProperties();
    assertThat(TASK.attempt().task()).hasNoNullFieldsOrProperties();
  }

  @Test
  void namesTasksApart_byTheirFile() {
    assertThat(TASK.attempt().task().taskId())
        .isEqualTo(TestTask.of("orders.csv", "other").attempt().task().taskId())
        .isNotEqualTo(TestTask.of("more.csv", "4711;2\n").attempt().task().taskId());
  }

  @Test
  void countsAttempts_andDeliveriesAtLeastAsHigh() {
    TestAttempt third = TASK.attempt().withNumber(3);

    assertThat(third.number()).isEqualTo(3);
    assertThat(third.delivery()).isEqualTo(3);
    assertThat(TASK.attempt().number()).isEqualTo(1);
    assertThat(third.withDelivery(7).delivery()).isEqualTo(7);
    assertThat(third.withDelivery(7).number()).isEqualTo(3);
  }

  @Test
  void givesMoreTime_andRemembersWhatWasAskedFor() {
    Instant soon = Instant.now().plusSeconds(1);
    TestAttempt attempt = TASK.attempt().withDeadline(soon);

    assertThat(attempt.extend(Duration.ofHours(1))).isAfter(soon).isEqualTo(attempt.deadline());
    assertThat(attempt.extend(Duration.ZERO)).isEqualTo(attempt.deadline()).isAfter(soon);
    assertThat(attempt.extensions()).containsExactly(Duration.ofHours(1), Duration.ZERO);
  }

  @Test
  void lendsTheContentAsAFile_untilTheHandlerIsDone() throws Exception {
    AtomicReference<@Nullable Path> lent = new AtomicReference<>();

    Outcome outcome =
        TestTask.of("../or\u0000ders.csv", "4711;2\n")
            .attempt()
            .handledBy(
                attempt -> {
                  Path file = attempt.contentFile();
                  assertThat(file).hasContent("4711;2\n").isEqualTo(attempt.contentFile());
                  lent.set(file);
                  return Outcome.done();
                });

    assertThat(outcome).isEqualTo(Outcome.done());
    Path file = requireNonNull(lent.get());
    assertThat(file).doesNotExist();
    assertThat(file.getParent()).doesNotExist();
  }
}
