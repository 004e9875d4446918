package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails for now is tried again by itself and keeps nothing else back. */
class RetryTest extends WithStation {
  @ParameterizedTest
  @ValueSource(strings = {"list bad", "body bad", "open bad-a"})
  void passesAMessageThatFails_andTriesItAgain(String request) {
    mail.deliver(box, "good1", pdf("good1-a"));
    mail.deliver(box, "bad", pdf("bad-a"));
    mail.deliver(box, "good2", pdf("good2-a"));
    mail.deliver(box, "good3", pdf("good3-a"));
    mail.fail(request, Troubles.of(Kind.UNAVAILABLE));

    CycleReport report = station.cycle();
    assertThat(report.sum().enqueued()).isEqualTo(3);
    assertThat(report.sum().retrying()).isEqualTo(1);
    assertThat(report.mailboxes().get(0).paused()).isNull();
    assertThat(station.mail("bad").attempts()).isEqualTo(1);
    assertThat(station.mail("bad").problem()).contains("UNAVAILABLE");
    assertThat(station.mail("bad").nextAttemptAt())
        .isEqualTo(station.clock.instant().plus(Duration.ofMinutes(1)));

    assertThat(station.cycle().sum().messages()).isZero();
    station.clock.advance(Duration.ofMinutes(1));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
    assertThat(station.mail("bad").state()).isEqualTo(MailRecord.State.DONE);
    assertThat(station.mail("bad").problem()).isNull();
    assertThat(station.takeAttachmentIds())
        .containsExactlyInAnyOrder("good1-a", "bad-a", "good2-a", "good3-a");
  }

  @Test
  void usesUpNoAttempt_whileTheMailboxDoesNotAnswer() {
    mail.deliver(box, "bad", pdf("bad-a"));
    mail.fail("list bad", Troubles.of(Kind.UNAVAILABLE));
    station.cycle();
    mail.failAlways("changes box@contoso.example", Troubles.of(Kind.UNAVAILABLE));
    mail.failAlways("list bad", Troubles.of(Kind.UNAVAILABLE));
    for (int hour = 0; hour < 48; hour++) {
      station.clock.advance(Duration.ofHours(1));
      station.cycle();
    }
    assertThat(station.mail("bad").attempts()).isEqualTo(1);

    mail.recover("changes box@contoso.example");
    mail.recover("list bad");
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
  }

  @Test
  void givesUpAfterTheLastAttempt_andRecordsEveryAttachment() {
    mail.deliver(box, "m1", pdf("good"), pdf("bad"), mail.file("no", "x.exe", new byte[1]));
    mail.cut("bad", 2);

    CycleReport first = station.cycle();
    assertThat(first.sum().enqueued()).isEqualTo(1);
    for (Duration wait : RetrySchedule.STANDARD.waits()) {
      assertThat(station.mail("m1").state()).isEqualTo(MailRecord.State.RETRYING);
      station.clock.advance(wait.minusMillis(1));
      assertThat(station.cycle().sum().messages()).isZero();
      station.clock.advance(Duration.ofMillis(1));
      assertThat(station.cycle().sum().messages()).isEqualTo(1);
    }

    MailRecord record = station.mail("m1");
    assertThat(record.state()).isEqualTo(MailRecord.State.FAILED);
    assertThat(record.attempts()).isEqualTo(RetrySchedule.STANDARD.waits().size() + 1);
    assertThat(record.problem()).contains("the connection broke");
    assertThat(record.attachments())
        .extracting(AttachmentRecord::attachmentId, AttachmentRecord::outcome)
        .containsExactlyInAnyOrder(
            tuple("good", Outcome.ENQUEUED),
            tuple("no", Outcome.SKIPPED),
            tuple("bad", Outcome.FAILED));
    assertThat(station.counted("failed." + Reason.GAVE_UP.code())).isEqualTo(1);
    assertThat(mail.requests("open good")).isEqualTo(1);

    station.clock.advance(Duration.ofDays(10));
    assertThat(station.cycle().sum().messages()).isZero();
    assertThat(station.takeAttachmentIds()).containsExactly("good");
  }

  @Test
  void outlastsHours_withoutHammering() {
    Duration total = RetrySchedule.STANDARD.waits().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(total).isGreaterThan(Duration.ofHours(12));
    assertThat(RetrySchedule.STANDARD.after(1)).contains(Duration.ofMinutes(1));
    assertThat(RetrySchedule.STANDARD.after(8)).isEmpty();
  }

  @Test
  void treatsABugAsAFailedAttempt_andTellsNothingOfTheMail() {
    mail.deliver(box, "m1", pdf("a1"), pdf("a2"));
    mail.deliver(box, "m2", pdf("a3"));
    mail.fail("open a1", Troubles.bug());
    mail.fail("list m2", Troubles.bug());

    CycleReport report = station.cycle();
    assertThat(report.problems()).isEmpty();
    assertThat(report.sum().enqueued()).isEqualTo(1);
    assertThat(report.sum().retrying()).isEqualTo(2);
    assertThat(station.mail("m1").problem()).isEqualTo("unexpected IllegalStateException");

    station.clock.advance(Duration.ofMinutes(1));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(2);
    assertThat(station.takeAttachmentIds()).containsExactlyInAnyOrder("a1", "a2", "a3");
  }

  @Test
  void recordsEveryAttachment_whenABugLastsToTheEnd() {
    mail.deliver(box, "m1", pdf("a1"), pdf("a2"));
    mail.failAlways("body m1", Troubles.bug());
    station.cycle();
    for (Duration wait : RetrySchedule.STANDARD.waits()) {
      station.clock.advance(wait);
      station.cycle();
    }
    assertThat(station.mail("m1").state()).isEqualTo(MailRecord.State.FAILED);
    assertThat(station.mail("m1").attachments())
        .extracting(AttachmentRecord::reason)
        .isEqualTo(List.of("gave-up", "gave-up"));
  }

  @Test
  void recordsMessagesThatWereDeletedMeanwhile() {
    mail.deliver(box, "unlisted", pdf("a1"));
    mail.deliver(box, "listed", pdf("a2"), pdf("a3"));
    mail.failAlways("list unlisted", Troubles.of(Kind.GONE));
    mail.failAlways("body listed", Troubles.of(Kind.GONE));
    mail.failAlways("mail unlisted", Troubles.of(Kind.GONE));
    mail.failAlways("mail listed", Troubles.of(Kind.GONE));

    station.cycle();
    assertThat(station.mail("unlisted").state()).isEqualTo(MailRecord.State.FAILED);
    assertThat(station.mail("unlisted").problem()).contains("GONE");
    assertThat(station.mail("listed").attachments())
        .extracting(AttachmentRecord::reason)
        .isEqualTo(List.of("gone", "gone"));
  }

  @Test
  void remembersRetries_acrossRestartsAndExpiredCursors() {
    mail.deliver(box, "m1", pdf("a1"));
    mail.failAlways("open a1", Troubles.of(Kind.UNAVAILABLE));
    station.cycle();
    station.restart();
    mail.expireCursors();
    station.cycle();
    assertThat(mail.requests("open a1")).isEqualTo(1);

    mail.recover("open a1");
    station.clock.advance(Duration.ofMinutes(1));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
  }
}
