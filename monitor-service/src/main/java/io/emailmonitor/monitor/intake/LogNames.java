package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;

/**
 * What mailboxes, messages and attachments are called in the log: by ids, because an address or a
 * file name says too much. A mailbox is known by the first part of its task ids.
 */
final class LogNames {
  private LogNames() {}

  static String of(Mailbox mailbox) {
    String anyTask = TaskId.of(mailbox.address(), "", "");
    return "mailbox " + anyTask.substring(0, anyTask.indexOf('_'));
  }

  static String of(Mailbox mailbox, Mail mail) {
    return of(mailbox) + ", message " + mail.id();
  }

  static String of(Mailbox mailbox, Mail mail, String attachmentId) {
    return "task " + TaskId.of(mailbox.address(), mail.id(), attachmentId);
  }
}
