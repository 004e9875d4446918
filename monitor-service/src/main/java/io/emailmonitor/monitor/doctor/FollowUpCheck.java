package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.graph.Grant;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;

/** Sees whether messages can be marked and moved, if that is wanted. Changes nothing. */
final class FollowUpCheck {
  static final String PERMISSION = "Mail.ReadWrite";
  private static final String SUBJECT = "after";
  private static final String READ_ONLY = "Mail.Read";

  private FollowUpCheck() {}

  /** What Entra ID grants can be seen; what Exchange grants cannot, short of changing a message. */
  static void look(Grant grant, ExchangeScope scope, Report report) {
    String wanted = "AFTER_MARK_READ, AFTER_ADD_CATEGORY and AFTER_MOVE_TO need " + PERMISSION;
    if (grant.roles().contains(PERMISSION)) {
      report.add(Finding.ok(SUBJECT, PERMISSION + " is granted: messages can be marked and moved"));
    } else if (grant.readable() && grant.roles().contains(READ_ONLY)) {
      report.add(
          Finding.fail(
              SUBJECT,
              wanted + ", and only " + READ_ONLY + " is granted",
              "Grant the application permission "
                  + PERMISSION
                  + " with admin consent, or grant it in Exchange.\n"
                  + scope.commands()));
    } else {
      report.add(
          Finding.note(
              SUBJECT,
              wanted + ", which the token does not tell of; Exchange must grant it",
              scope.commands()));
    }
  }

  /** Looks for the folder to which messages are to be moved. */
  static void look(MailSource mail, Mailbox mailbox, FollowUp wanted, Report report) {
    String target = wanted.moveTo();
    if (target != null) {
      try {
        // Its list of subfolders shows whether a well-known folder is really there.
        List<?> unused = mail.subfolders(mailbox, mail.folder(mailbox, target), false);
      } catch (MailSourceException e) {
        report.add(
            Finding.fail(
                SUBJECT,
                "%s: messages cannot be moved to '%s'".formatted(mailbox.address(), target),
                String.valueOf(e.getMessage())));
      }
    }
  }
}
