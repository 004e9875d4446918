package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.left;
import static io.emailmonitor.monitor.ledger.Records.retrying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the intake writes, and reads again in its next cycle. */
class JournalTest extends WithLedger {
  private static final MailFolder INBOX = new MailFolder("AQMk", "inbox");

  @Test
  void knowsMailOfItsMailboxOnly() {
    journal.record(List.of(done("m1"), retrying("m2", NOW)));

    assertThat(journal.known(BOX, List.of("m1", "m2", "m3"))).isEqualTo(Set.of("m1", "m2"));
    assertThat(journal.known(new Mailbox("other@contoso.example"), List.of("m1"))).isEmpty();
    assertThat(journal.known(BOX, List.of())).isEmpty();
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
}
