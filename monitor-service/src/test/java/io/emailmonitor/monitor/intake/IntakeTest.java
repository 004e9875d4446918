package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.delivery.LocalStorage;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regular ways of mail, on a real queue and a real ledger. */
class IntakeTest extends WithStation {
  private static final byte[] PDF = "%PDF-1.7 and so on".getBytes(UTF_8);

  @Test
  void putsWantedAttachmentsOnTheQueue_withAllThatIsKnown() throws IOException {
    byte[] content = new byte[300_000];
    new Random(7).nextBytes(content);
    System.arraycopy(PDF, 0, content, 0, PDF.length);
    Mail sent = mail.deliver(box, "m1", mail.file("a1", "Invoice 7.pdf", content));

    station.cycle();

    DecodedTask task = station.takeAll().get(0);
    assertThat(task.content()).isEqualTo(content);
    assertThat(task.task().taskId()).isEqualTo(TaskId.of(box.address(), "m1", "a1"));
    assertThat(task.task().emailSubject()).isEqualTo(sent.subject());
    assertThat(task.task().emailReceivedDate()).isEqualTo(sent.receivedAt());
    assertThat(task.task().emailContent()).isEqualTo("The text of m1");
    assertThat(task.task().attachmentFilename()).isEqualTo("Invoice 7.pdf");
    assertThat(task.task().attachmentSize()).isEqualTo(content.length);
    assertThat(task.task().createdAt()).isEqualTo(station.clock.instant());
    assertThat(task.task().extras().mailbox()).isEqualTo(box.address());
    assertThat(task.task().extras().attachmentDetectedMimeType()).isEqualTo("application/pdf");
    AttachmentRecord record = station.mail("m1").attachments().get(0);
    assertThat(record.outcome()).isEqualTo(Outcome.ENQUEUED);
    assertThat(record.taskId()).isEqualTo(task.task().taskId());
    assertThat(record.sha256()).isEqualTo(task.task().extras().attachmentSha256());
    assertThat(record.size()).isEqualTo(content.length);
  }

  @Test
  void givesEveryAttachmentOneOutcome_andCountsIt() {
    mail.deliver(
        box,
        "m1",
        mail.file("wanted", "a.pdf", PDF),
        mail.file("unwanted", "a.exe", PDF),
        mail.file("empty", "b.pdf", new byte[0]),
        mail.file("large", "c.pdf", new byte[Station.MAX_SIZE + 1]),
        mail.file("liar", "d.pdf", new byte[Station.MAX_SIZE + 1], 10),
        mail.file("gone", "e.pdf", PDF),
        mail.file("refused", "f.pdf", PDF),
        new Attachment("link", Attachment.Kind.REFERENCE, "g.pdf", null, 10, false));
    mail.deliver(box, "m2");
    mail.failAlways(
        "open gone",
        () -> {
          mail.detach("m1", "gone");
          throw Troubles.failure(Kind.GONE);
        });
    mail.failAlways("open refused", Troubles.of(Kind.REJECTED));

    CycleReport report = station.cycle();

    assertThat(report.mailboxes())
        .containsExactly(new CycleReport.MailboxReport(box.address(), 2, 8, 2, 0, 4, 2, 0, null));
    assertThat(station.mail("m1").state()).isEqualTo(MailRecord.State.DONE);
    assertThat(station.mail("m1").attachments())
        .extracting(a -> a.attachmentId() + " " + a.outcome() + " " + a.reason())
        .containsExactlyInAnyOrder(
            "wanted ENQUEUED null",
            "unwanted SKIPPED type-not-wanted",
            "empty ENQUEUED null",
            "large SKIPPED too-large",
            "liar SKIPPED too-large",
            "gone FAILED gone",
            "refused FAILED refused",
            "link SKIPPED reference-not-fetched");
    assertThat(station.mail("m2").attachments()).isEmpty();
    assertThat(station.takeAttachmentIds()).containsExactlyInAnyOrder("wanted", "empty");

    assertThat(station.counted("fetched"))
        .isEqualTo(8)
        .isEqualTo(
            station.counted("enqueued")
                + station.counted("stored")
                + station.counted("skipped")
                + station.counted("failed"));
    assertThat(station.counted("skipped"))
        .isEqualTo(
            station.counted("skipped.type-not-wanted")
                + station.counted("skipped.too-large")
                + station.counted("skipped.reference-not-fetched"));
    assertThat(station.counted("failed"))
        .isEqualTo(station.counted("failed.gone") + station.counted("failed.refused"));
    assertThat(station.metrics.histogram("intake.latency").getSnapshot().getMax())
        .isEqualTo(Duration.ofMinutes(1).toMillis());
  }

  @Test
  void looksOnlyAtWhatIsNew_inTheNextCycle() {
    for (int i = 0; i < 8; i++) {
      mail.deliver(box, "m" + i, mail.file("a" + i, "a.pdf", PDF));
    }
    station.cycle();
    assertThat(mail.requests("changes box@contoso.example")).isEqualTo(3);

    mail.deliver(box, "m8", mail.file("a8", "a.pdf", PDF));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
    assertThat(mail.requests("changes box@contoso.example")).isEqualTo(4);
    assertThat(mail.requests("folder inbox")).isEqualTo(1);
    assertThat(mail.requests("discover")).isEqualTo(1);
    assertThat(station.takeAttachmentIds()).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void worksOnceOnMail_howeverOftenItComes() {
    Mail one = mail.deliver(box, "m1", mail.file("a1", "a.pdf", PDF));
    mail.deliver(box, one, mail.file("a1", "a.pdf", PDF), mail.file("a1", "a.pdf", PDF));
    mail.deliver(box, "m2", mail.file("a2", "a.pdf", PDF));
    mail.deliver(box, one, mail.file("a1", "a.pdf", PDF), mail.file("a1", "a.pdf", PDF));

    assertThat(station.cycle().sum().enqueued()).isEqualTo(2);
    assertThat(mail.requests("list m1")).isEqualTo(1);
    assertThat(station.takeAttachmentIds()).containsExactlyInAnyOrder("a1", "a2");
  }

  @Test
  void fetchesInFourLanes_neverMore() {
    mail.pageSize(20);
    CountDownLatch four = new CountDownLatch(Lanes.COUNT);
    for (int i = 0; i < 20; i++) {
      mail.deliver(box, "m" + i, mail.file("a" + i, "a.pdf", PDF));
      mail.failAlways("open a" + i, () -> meet(four));
    }
    station.cycle();
    assertThat(mail.mostInFlight()).isEqualTo(Lanes.COUNT);
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void handsOnWithoutText_whenTheTextIsRefused() {
    mail.deliver(box, "m1", mail.file("a1", "a.pdf", PDF));
    mail.failAlways("body m1", Troubles.of(Kind.REJECTED));

    station.cycle();
    assertThat(station.takeAll().get(0).task().emailContent()).isEmpty();
    assertThat(station.mail("m1").state()).isEqualTo(MailRecord.State.DONE);
    assertThat(station.mail("m1").problem()).contains("without its text");
  }

  @Test
  void asksForNoText_whenNothingIsWanted() {
    mail.deliver(box, "m1", mail.file("a1", "a.exe", PDF));
    station.cycle();
    assertThat(mail.requests("body m1")).isZero();
  }

  @Test
  void storesLocally_whenTheQueueIsOff(@TempDir Path directory) {
    mail.deliver(box, "m1", mail.file("a1", "../../a.pdf", PDF));
    station.delivery = new LocalStorage(directory);

    assertThat(station.cycle().sum().stored()).isEqualTo(1);
    AttachmentRecord record = station.mail("m1").attachments().get(0);
    assertThat(record.outcome()).isEqualTo(Outcome.STORED);
    assertThat(directory.resolve(record.storedAt())).hasBinaryContent(PDF);
    assertThat(station.takeAll()).isEmpty();
  }

  @Test
  void forgetsOldRecords_butHandsNothingOnAgain() {
    mail.deliver(box, "m1", mail.file("a1", "a.pdf", PDF));
    station.cycle();
    station.clock.advance(Duration.ofDays(91));
    station.cycle();
    assertThat(station.history().mail("m1")).isEmpty();

    mail.expireCursors();
    assertThat(station.cycle().sum().messages()).isZero();
    assertThat(station.takeAttachmentIds()).isEqualTo(List.of("a1"));
  }
}
