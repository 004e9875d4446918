package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.WaitingTasks.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTasksTest {
  private final Ledger ledger =
      Ledger.open(
          "jdbc:h2:mem:" + UUID.randomUUID(),
          new MetricRegistry(),
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final Journal journal = ledger.journal();
  private final WaitingTasks tasks = ledger.waitingTasks();

  @AfterEach
  void close() {
    ledger.close();
  }

  private static String task(String mail, String attachment) {
    return TaskId.of(BOX.address(), mail, attachment);
  }

  private static AttachmentRecord waiting(String mail, String id, Instant from) {
    return Records.handedOn(mail, id, Outcome.STORED)
        .storedAt("waiting/x.json")
        .recordedAt(from)
        .waitingFrom(from)
        .build();
  }

  @Test
  void listsTheOldestFirst_untilTheyAreEnqueued() {
    Instant earlier = NOW.minusSeconds(60);
    journal.record(
        List.of(
            Records.done("m1", waiting("m1", "new", NOW), Records.enqueued("m1", "other")),
            Records.done("m2", waiting("m2", "old", earlier))));
    assertThat(tasks.oldest(9))
        .containsExactly(
            new Waiting(task("m2", "old"), earlier), new Waiting(task("m1", "new"), NOW));
    assertThat(tasks.oldest(1)).hasSize(1);
    assertThat(tasks.count()).isEqualTo(2);
    List<String> all = List.of(task("m1", "new"), task("m1", "other"), task("m9", "unknown"));
    assertThat(ledger.overview().waiting()).isEqualTo(new Overview.Waiting(2, earlier));
    assertThat(ledger.overview().handedOn(earlier.minusSeconds(1), 9)).hasSize(1);
    assertThat(tasks.recorded(all)).isEqualTo(Set.of(task("m1", "new"), task("m1", "other")));
    assertThat(tasks.settled(all)).isEqualTo(Set.of(task("m1", "other")));

    String before = ledger.overview().latestChange();
    tasks.enqueued(List.of(task("m1", "new"), task("m1", "other"), task("m9", "unknown")));
    assertThat(tasks.oldest(9)).hasSize(1);
    assertThat(ledger.overview().latestChange()).isNotEqualTo(before);
    assertThat(ledger.overview().waiting()).isEqualTo(new Overview.Waiting(1, earlier));
    assertThat(ledger.overview().handedOn(earlier.minusSeconds(1), 9))
        .as("what has waited counts when it leaves")
        .hasSize(2);
    AttachmentRecord enqueued = ledger.history().mail("m1").orElseThrow().attachments().get(0);
    assertThat(enqueued.outcome()).isEqualTo(Outcome.ENQUEUED);
    assertThat(enqueued.waitedFrom()).isEqualTo(NOW);
    assertThat(enqueued.storedAt()).isNull();
  }

  @Test
  void keepsRecordsOfWhatWaits_howeverOldTheyAre() {
    journal.record(List.of(Records.done("m1", waiting("m1", "a1", NOW)), Records.done("m2")));
    Instant muchLater = NOW.plus(Duration.ofDays(400));
    assertThat(journal.forget(muchLater)).isEqualTo(1);
    assertThat(tasks.count()).isEqualTo(1);

    tasks.enqueued(List.of(task("m1", "a1")));
    assertThat(journal.forget(muchLater)).isEqualTo(1);
  }

  @Test
  void hasMessagesWorkedOnAgain_ofWhichTasksAreLost_unlessTheyWaitForAnAttempt() {
    journal.record(
        List.of(
            Records.done("m1", waiting("m1", "a1", NOW), waiting("m1", "a2", NOW)),
            Records.retrying("m2", NOW.plusSeconds(60), waiting("m2", "a3", NOW))));

    assertThat(tasks.lost(List.of(task("m1", "a1"), task("m2", "a3")))).isEqualTo(1);
    MailRecord again = ledger.history().mail("m1").orElseThrow();
    assertThat(again.state()).isEqualTo(MailRecord.State.RETRYING);
    assertThat(again.nextAttemptAt()).isEqualTo(NOW);
    assertThat(again.attachments())
        .extracting(AttachmentRecord::attachmentId)
        .containsExactly("a2");
    assertThat(tasks.count()).isEqualTo(2);
    assertThat(tasks.lost(List.of(task("m2", "a3")))).isZero();
  }
}
