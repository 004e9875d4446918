package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much the mailboxes hold.
 *
 * @param attachments of all three kinds, inline ones included
 * @param bytes of the files and attached messages
 */
public record Totals(int mailboxes, long messages, long attachments, long bytes) {

  static Totals of(Tenant tenant) {
    LongAdder messages = new LongAdder();
    LongAdder attachments = new LongAdder();
    LongAdder bytes = new LongAdder();
    List<Mailbox> mailboxes = tenant.mailboxes();
    mailboxes.stream()
        .flatMap(mailbox -> mailbox.folders().stream())
        .forEach(
            folder ->
                folder.forEachMessage(
                    message -> {
                      messages.increment();
                      attachments.add(message.attachments().size());
                      bytes.add(bytes(message));
                    }));
    return new Totals(mailboxes.size(), messages.sum(), attachments.sum(), bytes.sum());
  }

  private static long bytes(Message message) {
    return message.attachments().stream()
        .filter(attachment -> attachment.kind() != MailAttachment.Kind.REFERENCE)
        .mapToLong(attachment -> attachment.content().size())
        .sum();
  }
}
