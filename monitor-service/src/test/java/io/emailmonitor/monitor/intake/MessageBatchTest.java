package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageBatchTest {
  private static final Receipt DELIVERED = new Receipt.Delivered(Outcome.ENQUEUED, null);

  private final MutableClock clock = new MutableClock();
  private final Ledger ledger =
      Ledger.open("jdbc:h2:mem:" + UUID.randomUUID(), new MetricRegistry(), clock);
  private final FakeMailSource source = new FakeMailSource();
  private final Mailbox box = source.mailbox("box@contoso.example");
  private final Mail mail = source.deliver(box, "m1");
  private final AttachmentFetch fetch =
      new AttachmentFetch(
          source,
          new AttachmentFilter(
              new FilterSettings(List.of("*"), false, 1000, List.of(), InlinePolicy.AUTO)),
          new AttachmentFetch.Budgets(new ByteBudget(1_000_000), new ByteBudget(1_000_000)),
          clock,
          1000);
  private final MessageBatch batch =
      new MessageBatch(
          new MessageBatch.Tools(
              tasks -> Collections.nCopies(tasks.size(), DELIVERED),
              ledger.journal(),
              false,
              RetrySchedule.STANDARD,
              clock),
          box,
          Brake.ofCycle().ofMailbox(),
          Duration.ZERO);

  @AfterEach
  void close() {
    ledger.close();
  }

  private Finding fetched(Work work, String id) throws Exception {
    Attachment attachment = source.file(id, id + ".pdf", id.getBytes(UTF_8));
    return fetch.fetch(box, work, "body", attachment);
  }

  @Test
  void keepsWhatIsHandedOn_whenKilledWithinALongMessage() throws Exception {
    Work work = Work.first(mail, "inbox", clock.instant());
    assertThat(batch.settle(List.of(fetched(work, "a")), false)).isEmpty();

    // Here a process may end; the next one finds:
    List<MailRecord> due = ledger.journal().due(box, clock.instant(), 10);
    assertThat(due).singleElement().extracting(MailRecord::attempts).isEqualTo(0);
    assertThat(Work.again(due.get(0)).settled()).containsExactly("a");

    Finding ended = new Finding.Ended(work, Finding.How.COMPLETE, List.of(), null);
    List<MailRecord> written = batch.settle(List.of(fetched(work, "b"), ended), true);
    assertThat(written).singleElement().extracting(m -> m.attachments().size()).isEqualTo(2);
    MailRecord record = ledger.history().mail("m1").orElseThrow();
    assertThat(record.state()).isEqualTo(MailRecord.State.DONE);
    assertThat(record.attachments()).map(AttachmentRecord::attachmentId).containsExactly("a", "b");
    assertThat(ledger.journal().due(box, clock.instant(), 10)).isEmpty();
  }
}
