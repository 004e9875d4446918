package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.left;
import static io.emailmonitor.monitor.ledger.Records.retrying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final MailFolder INBOX = new MailFolder("AQMk", "inbox");

  @TempDir Path folder;
  private Ledger ledger;
  private Journal journal;
  private History history;

  @BeforeEach
  void open() {
    openAt(NOW);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void findsMail_byIdAndByMessageIdWithOrWithoutBrackets() {
    MailRecord mail =
        done("m1", enqueued("m1", "a1"), left("a2", Outcome.SKIPPED, Reason.TYPE_NOT_WANTED));
    journal.record(List.of(mail));

    assertThat(history.mail("m1")).contains(mail);
    assertThat(history.mail("<m1@mail>")).contains(mail);
    assertThat(history.mail("m1@mail")).contains(mail);
    assertThat(history.mail("M1")).isEmpty();
  }

  @Test
  void listsWhatWasWorkedOnLastFirst() {
    journal.record(List.of(done("m1")));
    reopenAt(NOW.plusSeconds(1));
    journal.record(List.of(done("m2")));
    reopenAt(NOW.plusSeconds(2));
    journal.record(List.of(done("m3", enqueued("m3", "a"))));

    assertThat(history.recent(0, 2)).containsExactly(done("m3", enqueued("m3", "a")), done("m2"));
    assertThat(history.recent(2, 2)).containsExactly(done("m1"));
  }

  @Test
  void keepsFirstOutcome_whenAttachmentIsRecordedAgain() {
    journal.record(List.of(retrying("m1", NOW, enqueued("m1", "a1"))));
    journal.record(
        List.of(
            done(
                "m1",
                left("a1", Outcome.FAILED, Reason.GONE),
                left("a2", Outcome.FAILED, Reason.GONE))));

    assertThat(history.mail("m1"))
        .contains(done("m1", enqueued("m1", "a1"), left("a2", Outcome.FAILED, Reason.GONE)));
  }

  @Test
  void knowsMailOfItsMailboxOnly() {
    journal.record(List.of(done("m1"), retrying("m2", NOW)));

    assertThat(journal.known(BOX, List.of("m1", "m2", "m3"))).isEqualTo(Set.of("m1", "m2"));
    assertThat(journal.known(new Mailbox("other@contoso.example"), List.of("m1"))).isEmpty();
    assertThat(journal.known(BOX, List.of())).isEmpty();
  }

  @Test
  void listsDueRetries_longestDueFirst() {
    journal.record(
        List.of(
            retrying("later", NOW.plusSeconds(1)),
            retrying("second", NOW, enqueued("second", "a")),
            retrying("first", NOW.minusSeconds(5)),
            retrying("third", NOW),
            done("done")));

    assertThat(journal.due(BOX, NOW, 2))
        .extracting(mail -> mail.mail().id())
        .hasSize(2)
        .startsWith("first");
    assertThat(journal.due(BOX, NOW, 10))
        .contains(retrying("second", NOW, enqueued("second", "a")))
        .hasSize(3);
    assertThat(journal.due(new Mailbox("other@contoso.example"), NOW, 10)).isEmpty();
  }

  @Test
  void takesRetriesForDue_thatAWrongClockPutFarOff() {
    journal.record(
        List.of(
            retrying("later", NOW.plus(Duration.ofHours(8))),
            retrying("far", NOW.plus(Duration.ofDays(400)))));

    assertThat(journal.due(BOX, NOW, 10))
        .extracting(mail -> mail.mail().id())
        .containsExactly("far");
  }

  @Test
  void countsWhatBegan_untilItEnds() {
    Mailbox other = new Mailbox("other@contoso.example");
    journal.begin(BOX, List.of("m1", "m2"));
    journal.begin(BOX, List.of("m2", "m3"));
    assertThat(journal.unended(BOX, List.of("m1", "m2", "m3", "m4")))
        .isEqualTo(Map.of("m1", 1, "m2", 2, "m3", 1));
    assertThat(journal.unended(other, List.of("m1"))).isEmpty();

    journal.end(BOX, List.of("m2", "m4"));
    journal.end(BOX, List.of());
    assertThat(journal.unended(BOX, List.of("m1", "m2"))).isEqualTo(Map.of("m1", 1));
    assertThat(journal.unended(BOX, List.of())).isEmpty();
  }

  @Test
  void letsAMessageBeWorkedOnAgain_whenItIsReopened() {
    AttachmentRecord failed = left("a2", Outcome.FAILED, Reason.GONE);
    MailRecord mail = done("m1", enqueued("m1", "a1"), failed);
    journal.record(List.of(mail));
    journal.reopen(mail, List.of(failed), "replayed");

    MailRecord due = journal.due(BOX, NOW, 10).get(0);
    assertThat(due.attachments()).containsExactly(enqueued("m1", "a1"));
    assertThat(due.attempts()).isZero();
    assertThat(due.note()).isEqualTo("replayed");

    journal.record(List.of(done("m1", enqueued("m1", "a2"))));
    assertThat(journal.due(BOX, NOW, 10)).isEmpty();
    MailRecord record = history.mail("m1").orElseThrow();
    assertThat(record.note()).isEqualTo("replayed");
    assertThat(record.attachments())
        .extracting(AttachmentRecord::outcome)
        .hasSize(2)
        .containsOnly(Outcome.ENQUEUED);
  }

  @Test
  void writesAllOrNothing() {
    AttachmentRecord unwritable = left("a", Outcome.SKIPPED, Reason.INLINE);
    AttachmentRecord twice = left("a", Outcome.SKIPPED, Reason.INLINE);

    assertThatThrownBy(() -> journal.record(List.of(done("m1"), done("m2", unwritable, twice))))
        .isInstanceOf(RuntimeException.class);
    assertThat(journal.known(BOX, List.of("m1", "m2"))).isEmpty();
  }

  @Test
  void takesIdsAndTextsOfAnyLengthAndAnyCharacters() {
    String odd = "\u0000\ud83d\udcce \ud800 \u202e'\"<>\\%_\r\n\uffff";
    String id = odd + "x".repeat(20_000);
    Mail mail = new Mail(id, "<" + id + ">", id, id, id, Instant.parse("0001-01-01T00:00:00Z"));
    AttachmentRecord attachment =
        new AttachmentRecord(
            id,
            id,
            Attachment.Kind.ITEM,
            id,
            id,
            Long.MAX_VALUE,
            true,
            Outcome.STORED,
            null,
            id,
            null,
            null,
            id,
            NOW,
            null,
            null);
    MailRecord record =
        new MailRecord(
            id, id, mail, MailRecord.State.FAILED, NOW, 1, null, id, List.of(attachment));
    journal.record(List.of(record));
    journal.saveCursor(BOX, new MailFolder(id, id), new Cursor(id));

    assertThat(history.mail(id)).contains(record);
    assertThat(journal.folder(BOX, id))
        .contains(new FolderRecord(new MailFolder(id, id), new Cursor(id)));
  }

  @Test
  void cutsTextsThatNobodyReadsToTheEnd() {
    Mail mail = new Mail("m1", null, "s".repeat(3_000_000), "", "", NOW);
    journal.record(
        List.of(
            new MailRecord(
                BOX.address(),
                "inbox",
                mail,
                MailRecord.State.DONE,
                NOW,
                1,
                null,
                null,
                List.of())));

    assertThat(history.mail("m1").orElseThrow().mail().subject()).hasSize(1_000_000);
  }

  @Test
  void keepsTimes_whateverTheMachinesZone() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try {
      Instant firstHalfPastTwo = Instant.parse("2026-10-25T00:30:00Z");
      Instant secondHalfPastTwo = Instant.parse("2026-10-25T01:30:00Z");
      journal.record(List.of(retrying("m1", firstHalfPastTwo), retrying("m2", secondHalfPastTwo)));
      assertThat(journal.due(BOX, firstHalfPastTwo, 10))
          .containsExactly(retrying("m1", firstHalfPastTwo));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void remembersHowFarFoldersWereRead() {
    assertThat(journal.folder(BOX, "inbox")).isEmpty();

    journal.saveCursor(BOX, INBOX, new Cursor("one"));
    journal.saveCursor(BOX, INBOX, new Cursor("two"));
    assertThat(journal.folder(BOX, "inbox")).contains(new FolderRecord(INBOX, new Cursor("two")));

    journal.saveCursor(BOX, INBOX, null);
    assertThat(journal.folder(BOX, "inbox")).contains(new FolderRecord(INBOX, null));

    journal.dropFolder(BOX, "inbox");
    assertThat(journal.folder(BOX, "inbox")).isEmpty();
  }

  @Test
  void listsWatchedMailboxes_andKeepsHowTheyStandWhileTheyAreNot() {
    Mailbox other = new Mailbox("other@contoso.example");
    MailboxRecord parked =
        new MailboxRecord(other.address(), "no licence", NOW.plusSeconds(60), NOW, "problem");
    journal.watch(List.of("x"), found(BOX, other));
    journal.saveMailboxes(List.of(parked));
    assertThat(history.mailboxes())
        .containsExactly(new MailboxRecord(BOX.address(), null, null, null, null), parked);

    journal.watch(List.of("x"), found(BOX));
    assertThat(history.mailboxes()).hasSize(1);

    journal.watch(List.of("x"), found(other));
    assertThat(history.mailboxes()).containsExactly(parked);
  }

  private static Discovery found(Mailbox... mailboxes) {
    return new Discovery(List.of(mailboxes), Map.of(), Map.of());
  }

  @Test
  void knowsWhatWasFound_forTheSameEntriesOnly() {
    Mailbox other = new Mailbox("other@contoso.example");
    assertThat(journal.watched(List.of("a"))).isEmpty();
    journal.watch(List.of("a"), found(other));
    Discovery found = new Discovery(List.of(BOX, other), Map.of(other, "u-1"), Map.of("b", "no"));
    journal.watch(List.of("a", "b", "a"), found);

    assertThat(journal.watched(List.of("b", "a")))
        .contains(new Discovery(List.of(BOX, other), Map.of(other, "u-1"), Map.of()));
    assertThat(journal.watched(List.of("a"))).isEmpty();
    assertThat(journal.watched(List.of("a", "b", "c"))).isEmpty();
  }

  @Test
  void addsUpWhatHappened() {
    Mailbox other = new Mailbox("other@contoso.example");
    journal.record(
        List.of(
            done("m1", enqueued("m1", "a1"), left("a2", Outcome.SKIPPED, Reason.INLINE)),
            done("m2", left("a3", Outcome.SKIPPED, Reason.TOO_LARGE)),
            retrying("m3", NOW, left("a4", Outcome.FAILED, Reason.GONE)),
            Records.mail(
                other,
                "m4",
                MailRecord.State.DONE,
                null,
                left("a5", Outcome.SKIPPED, Reason.INLINE))));

    Totals expected =
        new Totals(
            4,
            1,
            5,
            Map.of(Outcome.ENQUEUED, 1L, Outcome.SKIPPED, 3L, Outcome.FAILED, 1L),
            Map.of("inline", 2L, "too-large", 1L),
            Map.of("gone", 1L));
    assertThat(history.totals()).isEqualTo(expected);
    assertThat(history.totalsByMailbox().get(other.address()))
        .isEqualTo(
            new Totals(1, 0, 1, Map.of(Outcome.SKIPPED, 1L), Map.of("inline", 1L), Map.of()));
    assertThat(history.totalsByMailbox().keySet())
        .isEqualTo(Set.of(BOX.address(), other.address()));
  }

  @Test
  void forgetsOldMail_butStillKnowsIt() {
    journal.record(List.of(done("old", enqueued("old", "a")), retrying("waiting", NOW)));
    reopenAt(NOW.plus(Duration.ofDays(1)));
    journal.record(List.of(done("new")));

    assertThat(journal.forget(NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(history.recent(0, 10))
        .extracting(mail -> mail.mail().id())
        .containsExactlyInAnyOrder("waiting", "new");
    assertThat(history.totals().attachments()).isZero();
    assertThat(journal.known(BOX, List.of("old", "waiting", "new", "unseen")))
        .isEqualTo(Set.of("old", "waiting", "new"));
    assertThat(journal.forget(NOW.plusSeconds(1))).isZero();
  }

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

  @Test
  void keepsWhatWasWritten_whenTheProcessIsKilledTheMomentAfter() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("killed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "killed.log"))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);

    try (Ledger after = Ledger.open(url, new MetricRegistry(), Clock.systemUTC())) {
      assertThat(after.history().mail("m1")).contains(done("m1", enqueued("m1", "a1")));
      assertThat(after.journal().folder(BOX, "inbox").map(FolderRecord::cursor))
          .isEqualTo(Optional.of(new Cursor("link")));
    }
  }

  @Test
  void saysWhichDatabaseCannotBeOpened_withoutItsPassword() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.mv.db"), "not a database".repeat(1000));
    String url = "jdbc:h2:file:" + folder.resolve("broken") + ";PASSWORD=s3cret";

    assertThatThrownBy(() -> Ledger.open(url, new MetricRegistry(), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The ledger jdbc:h2:file:" + folder.resolve("broken") + " cannot")
        .hasMessageNotContaining("s3cret");
    assertThat(file).exists();
  }

  @Test
  void saysSo_whenThereIsNoDriverForTheDatabase() {
    assertThatThrownBy(
            () ->
                Ledger.open(
                    "jdbc:unknown://user:s3cret@host/db", new MetricRegistry(), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdbc:unknown://host/db")
        .hasMessageContaining("no driver");
  }

  private void reopenAt(Instant instant) {
    ledger.close();
    openAt(instant);
  }

  private void openAt(Instant instant) {
    ledger =
        Ledger.open(
            "jdbc:h2:file:" + folder.resolve("ledger"),
            new MetricRegistry(),
            Clock.fixed(instant, ZoneOffset.UTC));
    journal = ledger.journal();
    history = ledger.history();
  }
}
