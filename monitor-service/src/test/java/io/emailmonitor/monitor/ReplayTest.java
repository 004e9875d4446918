package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ApiServer.Answer;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.SampleAttachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a message is worked on again, and what is not. */
class ReplayTest {
  private static final QueueSettings QUEUE = QueueSettings.named("todo");
  private static final InMemoryTaskQueue TASKS = new InMemoryTaskQueue(QUEUE, Clock.systemUTC());
  private static final ApiServer SERVER =
      new ApiServer(
          Optional.of(new InspectedQueue(TASKS, QUEUE, "redis://example:6379/0")), Map.of());
  private static final String BOX = "a@company.com";
  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

  private String id = "";

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** One attachment of each outcome. */
  @BeforeEach
  void record() {
    id = "AAkA/+= " + System.nanoTime();
    record(
        MailRecord.State.DONE,
        attachment("sent", Outcome.ENQUEUED, null),
        attachment("broken", Outcome.FAILED, "gave-up"),
        attachment("other", Outcome.SKIPPED, "type-not-wanted"));
    assertThat(TASKS.enqueue(List.of(Tasks.task(taskId())))).containsOnly(EnqueueResult.ENQUEUED);
  }

  private void record(MailRecord.State state, AttachmentRecord... attachments) {
    Mail mail = new Mail(id, null, "Subject", "Ann", "ann@partner.example", THEN);
    SERVER
        .ledger
        .journal()
        .record(
            List.of(
                new MailRecord(
                    BOX, "inbox", mail, state, THEN, 3, null, null, List.of(attachments))));
  }

  private AttachmentRecord attachment(String name, Outcome outcome, @Nullable String reason) {
    return SampleAttachment.of(name, outcome)
        .because(reason, null)
        .asTask(outcome == Outcome.ENQUEUED ? taskId() : null)
        .build();
  }

  private String taskId() {
    return TaskId.of(BOX, id, "sent");
  }

  private Answer replay(String query) {
    String path = "/email-details/" + URLEncoder.encode(id, UTF_8).replace("+", "%20");
    return SERVER.post(path + "/replay" + query);
  }

  private List<String> left() {
    MailRecord mail = SERVER.ledger.history().mail(id).orElseThrow();
    return mail.attachments().stream().map(AttachmentRecord::attachmentId).toList();
  }

  @Test
  void worksOnWhatFailed_andOnNothingElse() {
    Answer answer = replay("");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/state").asText()).isEqualTo("retrying");
    assertThat(answer.json().at("/attempts").asInt()).isZero();
    assertThat(answer.json().at("/note").asText()).startsWith("replayed at ");
    assertThat(left()).containsExactly("sent", "other");
    assertThat(TASKS.forget(taskId())).as("still known to the queue").isTrue();
  }

  @Test
  void judgesASkippedOneAnew_whenItIsNamed() {
    assertThat(replay("?attachment_id=other").status()).isEqualTo(202);
    assertThat(left()).containsExactly("sent", "broken");
  }

  @Test
  void handsOnOnceMore_onlyWhenAskedTo() {
    Answer refused = replay("?attachment_id=sent");
    WithApi.assertProblem(refused, 409);
    assertThat(refused.json().at("/detail").asText()).contains(taskId(), "again=true");
    assertThat(left()).containsExactly("sent", "broken", "other");

    assertThat(replay("?attachment_id=sent&again=true").status()).isEqualTo(202);
    assertThat(left()).containsExactly("broken", "other");
    assertThat(TASKS.forget(taskId())).as("still known to the queue").isFalse();
  }

  @Test
  void worksOnAMessageAgainThatWasGivenUp_thoughItHasNoAttachments() {
    id = id + "unlisted";
    record(MailRecord.State.FAILED);
    assertThat(replay("").status()).isEqualTo(202);

    record(MailRecord.State.DONE);
    WithApi.assertProblem(replay(""), 409);
  }

  @Test
  void answers404_whenThereIsNoSuchMessageOrAttachment() {
    WithApi.assertProblem(replay("?attachment_id=none"), 404);
    id = "unknown";
    WithApi.assertProblem(replay(""), 404);
  }
}
