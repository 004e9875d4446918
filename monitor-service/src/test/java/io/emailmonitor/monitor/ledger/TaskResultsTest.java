package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.retrying;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What workers tell, on the records of the attachments. */
class TaskResultsTest extends WithLedger {
  @Test
  void showsWhatBecameOfATask_evenIfThatWasKnownBeforeItsRecord() {
    String task = String.valueOf(enqueued("m1", "a1").taskId());
    TaskResult retried = result(task, "retried", NOW.minusSeconds(2));
    TaskResult done = result(task, "done", NOW.minusSeconds(1));
    ledger.taskResults().record("q", "1-0", List.of(retried));
    journal.record(List.of(done("m1", enqueued("m1", "a1"), enqueued("m1", "a2"))));
    assertThat(resultsOf("m1")).containsExactly(retried, null);

    ledger.taskResults().record("q", "3-0", List.of(retried, done));
    assertThat(resultsOf("m1")).containsExactly(done, null);

    ledger.taskResults().record("q", "2-0", List.of(retried));
    assertThat(resultsOf("m1")).containsExactly(done, null);
    assertThat(history.recent(0, 1).get(0).attachments().get(0).result()).isEqualTo(done);
  }

  @Test
  void showsWhatIsKnownOfATask_thatNoWorkerLivedToSettle() {
    String task = String.valueOf(enqueued("m1", "a1").taskId());
    TaskResult exhausted = new TaskResult(task, "exhausted", 5, null, null, "crashed", NOW);
    journal.record(List.of(done("m1", enqueued("m1", "a1"))));

    ledger.taskResults().record("q", "1-0", List.of(exhausted));

    assertThat(resultsOf("m1")).containsExactly(exhausted);
  }

  @Test
  void remembersHowFarEventsWereRead_forEachQueue() {
    assertThat(ledger.taskResults().position("q")).isEmpty();
    ledger.taskResults().record("q", "1-0", List.of());
    ledger.taskResults().record("q", "2-0", List.of());
    ledger.taskResults().record("other", "9-0", List.of());

    assertThat(ledger.taskResults().position("q")).contains("2-0");
  }

  @Test
  void forgetsOldResults_unlessTheirAttachmentIsStillRecorded() {
    String kept = String.valueOf(enqueued("waiting", "a").taskId());
    ledger
        .taskResults()
        .record("q", "1-0", List.of(result(kept, "done", NOW), result("foreign", "done", NOW)));
    journal.record(List.of(retrying("waiting", NOW, enqueued("waiting", "a"))));

    journal.forget(NOW.plusSeconds(1));

    assertThat(resultsOf("waiting")).containsExactly(result(kept, "done", NOW));
    // Nobody shows it any more; recording an older one again tells that it is gone.
    TaskResult older = result("foreign", "retried", NOW.minusSeconds(5));
    ledger.taskResults().record("q", "2-0", List.of(older));
    assertThat(storedOutcome("foreign")).isEqualTo("retried");
  }

  private static TaskResult result(String task, String outcome, Instant at) {
    return new TaskResult(task, outcome, 2, "host:1", Duration.ofMillis(42), "a reason", at);
  }

  private List<@Nullable TaskResult> resultsOf(String mailId) {
    List<@Nullable TaskResult> results = new ArrayList<>();
    history
        .mail(mailId)
        .orElseThrow()
        .attachments()
        .forEach(attachment -> results.add(attachment.result()));
    return results;
  }

  private String storedOutcome(String task) {
    ledger.close();
    try {
      return Jdbi.create("jdbc:h2:file:" + folder.resolve("ledger"))
          .withHandle(
              handle ->
                  handle
                      .createQuery("SELECT outcome FROM task_results WHERE task_id = ?")
                      .bind(0, task)
                      .mapTo(String.class)
                      .one());
    } finally {
      openAt(NOW);
    }
  }
}
