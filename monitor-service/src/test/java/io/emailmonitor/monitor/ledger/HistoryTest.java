package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.left;
import static io.emailmonitor.monitor.ledger.Records.retrying;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people see of the ledger. */
class HistoryTest extends WithLedger {
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
}
