package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.logging.Concerning;

/**
 * What mailboxes, messages and attachments are called in the log: by ids, because an address or a
 * file name says too much. A mailbox is known by the first part of its task ids.
 */
final class LogNames {
  private LogNames() {}

  static String of(Mailbox mailbox) {
    return "mailbox " + id(mailbox);
  }

  private static String id(Mailbox mailbox) {
    String anyTask = TaskId.of(mailbox.address(), "", "");
    return anyTask.substring(0, anyTask.indexOf('_'));
  }

  /** Marks what this thread logs, also in other packages, until it is closed. */
  static Concerning concerning(Mailbox mailbox) {
    return Concerning.mailbox(id(mailbox));
  }

  /** Marks what this thread logs, also in other packages, until it is closed. */
  static Concerning concerning(Mailbox mailbox, Mail mail, String attachmentId) {
    return Concerning.task(TaskId.of(mailbox.address(), mail.id(), attachmentId));
  }

  static String of(Mailbox mailbox, Mail mail) {
    return of(mailbox) + ", message " + mail.id();
  }

  static String of(Mailbox mailbox, Mail mail, String attachmentId) {
    return "task " + TaskId.of(mailbox.address(), mail.id(), attachmentId);
  }
}
