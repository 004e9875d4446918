package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.left;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.Overview.MailboxCounts;
import io.emailmonitor.monitor.ledger.Overview.TaskName;
import io.emailmonitor.monitor.ledger.Overview.Trip;
import io.emailmonitor.monitor.ledger.Overview.Waiting;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people look for, and what the page asks again and again. */
class MailSearchTest {
  private Ledger ledger;

  @BeforeEach
  void open(@TempDir Path folder) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ledger = Ledger.open("jdbc:h2:file:" + folder.resolve("ledger"), new MetricRegistry(), clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static MailRecord mail(
      String id, String subject, String sender, AttachmentRecord... attachments) {
    MailRecord any = done(id, attachments);
    Mail mail = new Mail(id, null, subject, sender, "ann@partner.example", any.mail().receivedAt());
    return new MailRecord(
        BOX.address(), "inbox", mail, any.state(), NOW, 1, null, null, any.attachments());
  }

  private List<String> found(String text, @Nullable Outcome outcome, @Nullable String mailbox) {
    MailFilter filter = new MailFilter(MailFilter.words(text), outcome, mailbox);
    return ledger.history().find(filter, 0, 10).stream().map(mail -> mail.mail().id()).toList();
  }

  @Test
  void findsMessages_whereEachWordOccursSomewhere() {
    ledger
        .journal()
        .record(
            List.of(
                mail("m1", "Invoice 100%", "Ann Lee", enqueued("m1", "scan_1")),
                mail("m2", "Order", "Bo", enqueued("m2", "INVOICE")),
                mail("m3", "Order", "Bo", left("photo", Outcome.SKIPPED, Reason.INLINE))));

    assertThat(found("invoice", null, null)).containsExactlyInAnyOrder("m1", "m2");
    assertThat(found("INVOICE  ann lee", null, null)).containsExactly("m1");
    assertThat(found("ann@partner", null, null)).hasSize(3);
    assertThat(found("invoice photo", null, null)).isEmpty();
    assertThat(found("0%", null, null)).containsExactly("m1");
    assertThat(found("n_1", null, null)).containsExactly("m1");
    assertThat(found("_", null, null)).containsExactly("m1");
    assertThat(found("!%' OR 1=1 --", null, null)).isEmpty();
    assertThat(found("", Outcome.SKIPPED, null)).containsExactly("m3");
    assertThat(found("order", Outcome.ENQUEUED, BOX.address())).containsExactly("m2");
    assertThat(found("order", null, "other@contoso.example")).isEmpty();
    assertThat(ledger.history().find(MailFilter.ALL, 2, 10)).hasSize(1);
  }

  @Test
  void listsMailboxesInTroubleFirst_pageByPage() {
    Mailbox a = new Mailbox("a@contoso.example");
    Mailbox b = new Mailbox("b@contoso.example");
    Mailbox c = new Mailbox("c@contoso.example");
    assertThat(ledger.overview().mailboxCounts()).isEqualTo(new MailboxCounts(0, 0, 0, null));
    ledger.journal().watch(List.of(), new Discovery(List.of(a, b, c), Map.of(), Map.of()));
    ledger
        .journal()
        .saveMailboxes(
            List.of(
                new MailboxRecord(a.address(), null, null, NOW, null),
                new MailboxRecord(b.address(), "no licence", NOW, null, null),
                new MailboxRecord(c.address(), null, null, NOW.minusSeconds(9), "throttled")));

    Overview overview = ledger.overview();
    assertThat(overview.mailboxCounts()).isEqualTo(new MailboxCounts(3, 1, 1, NOW.minusSeconds(9)));
    assertThat(overview.mailboxes("", 0, 2))
        .extracting(MailboxRecord::address)
        .containsExactly(b.address(), c.address());
    assertThat(overview.mailboxes("", 2, 2)).hasSize(1);
    assertThat(overview.mailboxes("A@CON", 0, 9)).hasSize(1);
    assertThat(overview.mailboxes("%", 0, 9)).isEmpty();
    assertThat(overview.mailboxes("A@CON")).isEqualTo(1);
    assertThat(overview.mailboxes("con")).isEqualTo(3);
  }

  @Test
  void tellsHowLongAttachmentsTook_andWhatTasksAreCalled() {
    String before = ledger.overview().latestChange();
    ledger
        .journal()
        .record(
            List.of(
                done(
                    "m1",
                    enqueued("m1", "a1"),
                    enqueued("m1", "a2"),
                    left("a3", Outcome.SKIPPED, Reason.INLINE))));
    String recorded = ledger.overview().latestChange();
    String taskId = TaskId.of(BOX.address(), "m1", "a1");
    TaskResult result =
        new TaskResult(taskId, "done", 1, "w", Duration.ofMillis(5), null, NOW.plusSeconds(7));
    ledger.taskResults().record("q", "1-0", List.of(result));

    Overview overview = ledger.overview();
    assertThat(Set.of(before, recorded, overview.latestChange())).hasSize(3);
    Trip handedOn = new Trip(NOW.minusSeconds(60), NOW);
    assertThat(overview.handedOn(NOW.minusSeconds(1), 10)).containsExactly(handedOn, handedOn);
    assertThat(overview.handedOn(NOW, 10)).isEmpty();
    assertThat(overview.done(NOW, 10))
        .containsExactly(new Trip(NOW.minusSeconds(60), NOW.plusSeconds(7)));
    assertThat(overview.done(NOW.plusSeconds(7), 10)).isEmpty();
    assertThat(overview.waiting()).isEqualTo(new Waiting(0, null));
    assertThat(overview.handedOnSince(NOW.minusSeconds(1))).isEqualTo(2);
    assertThat(overview.names(List.of(taskId, "other")))
        .containsOnlyKeys(taskId)
        .containsValue(new TaskName("m1", "a1.pdf"));
    assertThat(overview.names(List.of())).isEmpty();
  }
}
