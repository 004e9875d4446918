package io.emailmonitor.monitor;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.MailFilter;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.SampleAttachment;
import io.emailmonitor.monitor.ledger.TaskResult;
import io.emailmonitor.monitor.ledger.Totals;
import io.emailmonitor.monitor.mailbox.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger with one message, whose id and subject are as awkward as they come. */
final class FakeHistory implements History {
  static final String ID = "AAkAL+gS/im%1=_-==";
  static final String SUBJECT = "<script>alert('1')</script> & more";
  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

  private static final Totals TOTALS =
      new Totals(
          1,
          0,
          2,
          Map.of(Outcome.ENQUEUED, 1L, Outcome.SKIPPED, 1L),
          Map.of("type-not-wanted", 1L),
          Map.of());

  private static MailRecord mail() {
    return new MailRecord(
        "a@company.com",
        "inbox",
        new Mail(ID, "<1@partner.org>", SUBJECT, "Jo", "jo@partner.org", THEN),
        MailRecord.State.DONE,
        THEN,
        1,
        null,
        null,
        List.of(attachment("invoice.pdf", Outcome.ENQUEUED), attachment("a.exe", Outcome.SKIPPED)));
  }

  private static AttachmentRecord attachment(String name, Outcome outcome) {
    boolean skipped = outcome == Outcome.SKIPPED;
    return SampleAttachment.of("att-" + name, outcome)
        .named(name)
        .typed("application/pdf", null)
        .sized(12)
        .because(
            skipped ? "type-not-wanted" : null,
            skipped ? "FILE_TYPES: '.exe' is not among the wanted file types" : null)
        .asTask(skipped ? null : "a_b_c")
        .processed(
            skipped
                ? null
                : new TaskResult("a_b_c", "done", 2, "host:1", Duration.ofMillis(42), null, THEN))
        .build();
  }

  @Override
  public Optional<MailRecord> mail(String messageId) {
    return messageId.equals(ID) ? Optional.of(mail()) : Optional.empty();
  }

  @Override
  public List<MailRecord> find(MailFilter filter, int offset, int limit) {
    boolean found = SUBJECT.contains(String.join(" ", filter.words()));
    return offset == 0 && found ? List.of(mail()) : List.of();
  }

  @Override
  public Totals totals() {
    return TOTALS;
  }

  @Override
  public Map<String, Totals> totalsByMailbox() {
    return Map.of("a@company.com", TOTALS);
  }

  @Override
  public List<MailboxRecord> mailboxes() {
    return List.of(
        new MailboxRecord("a@company.com", null, null, THEN, null).reconciled(THEN, 2, 1),
        new MailboxRecord("<b>@company.com", "no licence", THEN, null, null));
  }

  @Override
  public void check() {}
}
