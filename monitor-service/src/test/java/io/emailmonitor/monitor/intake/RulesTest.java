package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.mailbox.Attachment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What rules by pattern and by least size mean for the intake. */
class RulesTest extends WithStation {
  @Test
  void recordsWhatRulesTurnAway_withTheRuleAndNothingFetched() {
    station.patterns =
        new PatternRules(
            new Patterns(List.of(), List.of("*draft*")),
            Patterns.ALL,
            Patterns.ALL,
            Patterns.ALL,
            0);
    mail.deliver(
        box,
        "m1",
        mail.file("wanted", "invoice.pdf", new byte[10]),
        mail.file("unwanted", "Invoice DRAFT.pdf", new byte[10]));

    station.cycle();

    assertThat(station.mail("m1").attachments())
        .extracting(a -> a.attachmentId() + " " + a.reason() + " " + a.detail())
        .containsExactlyInAnyOrder(
            "wanted null null",
            "unwanted file-excluded EXCLUDE_FILES: the file's name matches *draft*");
    assertThat(mail.requests("open unwanted")).isZero();
    assertThat(station.counted("skipped.file-excluded")).isEqualTo(1);
  }

  @Test
  void judgesTheLeastSizeByTheContent_whereTheListedOneIsNotEnough() {
    station.patterns =
        new PatternRules(Patterns.ALL, Patterns.ALL, Patterns.ALL, Patterns.ALL, 1000);
    mail.deliver(
        box,
        "m1",
        mail.file("listed", "a.pdf", new byte[600], 900),
        mail.file("real", "b.pdf", new byte[900], 1200),
        mail.file("enough", "c.pdf", new byte[1000]));

    station.cycle();

    assertThat(station.mail("m1").attachments())
        .extracting(a -> a.attachmentId() + " " + a.reason())
        .containsExactlyInAnyOrder("listed too-small", "real too-small", "enough null");
    assertThat(mail.requests("open listed")).isZero();
    assertThat(station.takeAttachmentIds()).containsExactly("enough");
  }

  @Test
  @Timeout(60)
  void makesRoomAgain_forEachThatIsTurnedAwayByItsContent() {
    station.bytesInFlight = 100_000;
    station.patterns =
        new PatternRules(Patterns.ALL, Patterns.ALL, Patterns.ALL, Patterns.ALL, 1000);
    Attachment[] files = new Attachment[100];
    for (int i = 0; i < files.length; i++) {
      files[i] = mail.file("a" + i, "a.pdf", new byte[900], 1200);
    }
    mail.deliver(box, "m1", files);

    station.cycle();

    assertThat(station.counted("skipped.too-small")).isEqualTo(files.length);
  }

  @Test
  void readsNothingOfMailboxesThatAreLeftOut() {
    station.patterns =
        new PatternRules(
            Patterns.ALL, Patterns.ALL, Patterns.ALL, new Patterns(List.of(), List.of("CEO@*")), 0);
    mail.deliver(
        mail.mailbox("ceo@contoso.example"), "secret", mail.file("s", "s.pdf", new byte[9]));

    station.cycle();

    assertThat(mail.requests("changes ceo@contoso.example")).isZero();
    assertThat(station.history().mailboxes())
        .extracting(MailboxRecord::address)
        .containsExactly("box@contoso.example");
  }
}
