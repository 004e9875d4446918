package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.Grant;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.FolderName;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads in every mailbox that is to be watched, as the monitor will, and in one that is not. */
public final class MailCheck {
  private static final String SUBJECT = "mailbox";

  private final MailSource mail;
  private final List<String> entries;
  private final List<String> folders;
  private final Function<Mailbox, Optional<String>> leftOut;
  private final FollowUp followUp;

  /**
   * @param entries what is to be watched, as configured
   * @param leftOut why a mailbox that they stand for is not wanted; empty if it is
   */
  public MailCheck(
      MailSource mail,
      List<String> entries,
      List<String> folders,
      Function<Mailbox, Optional<String>> leftOut,
      FollowUp followUp) {
    this.mail = mail;
    this.entries = entries;
    this.folders = folders;
    this.leftOut = leftOut;
    this.followUp = followUp;
  }

  /**
   * Adds what it finds to the report.
   *
   * @param other a mailbox that must not be readable; null for none
   */
  public void look(Credentials credentials, Grant grant, @Nullable String other, Report report) {
    Discovery found;
    try {
      found = mail.discover(entries);
    } catch (MailSourceException e) {
      report.add(Finding.fail(SUBJECT, String.join(", ", entries), String.valueOf(e.getMessage())));
      return;
    }
    ExchangeScope scope =
        ExchangeScope.of(
            grant,
            credentials.clientId(),
            found.mailboxes(),
            followUp.isNone() ? "Mail.Read" : FollowUpCheck.PERMISSION);
    RolesCheck.look(grant, entries, scope, report);
    if (!followUp.isNone()) {
      FollowUpCheck.look(grant, scope, report);
    }
    found.problems().forEach((entry, why) -> report.add(Finding.fail(SUBJECT, entry, why)));
    boolean forbidden = false;
    for (Mailbox mailbox : found.mailboxes()) {
      Optional<String> why = leftOut.apply(mailbox);
      if (why.isPresent()) {
        report.add(Finding.note(SUBJECT, mailbox.address() + " is not watched", why.get()));
      } else {
        forbidden |= look(mailbox, report);
      }
    }
    if (forbidden) {
      report.add(
          Finding.note(
              "access",
              "Mailboxes that may not be read can be opened in Exchange",
              scope.commands()));
    }
    if (other != null) {
      lookBeyond(new Mailbox(other), scope, report);
    }
  }

  /** Returns whether reading is forbidden. */
  private boolean look(Mailbox mailbox, Report report) {
    try {
      int messages = 0;
      for (String folder : folders) {
        messages += read(mailbox, folder);
      }
      String seen = messages == 0 ? "without messages" : "messages and attachments";
      report.add(
          Finding.ok(
              SUBJECT,
              "%s can be read: %s, %s"
                  .formatted(mailbox.address(), String.join(", ", folders), seen)));
      FollowUpCheck.look(mail, mailbox, followUp, report);
      return false;
    } catch (MailSourceException e) {
      String why = String.valueOf(e.getMessage());
      // Users without a mailbox are usual in a domain, and the monitor passes them over.
      boolean usual = e.kind() == Kind.MAILBOX_UNUSABLE && !isNamed(mailbox);
      report.add(
          usual
              ? Finding.note(SUBJECT, mailbox.address() + " is passed over", why)
              : Finding.fail(SUBJECT, mailbox.address() + " cannot be read", why));
      return e.kind() == Kind.MAILBOX_FORBIDDEN || e.kind() == Kind.FORBIDDEN;
    }
  }

  /** Returns how many messages were seen; attachments need a permission more than their list. */
  private int read(Mailbox mailbox, String folder) {
    int messages = 0;
    for (MailFolder found : FolderName.of(folder).find(mail, mailbox)) {
      MailPage page = mail.changes(mailbox, found, null);
      if (!page.mails().isEmpty() && messages == 0) {
        mail.attachments(mailbox, page.mails().get(0));
      }
      messages += page.mails().size();
    }
    return messages;
  }

  private boolean isNamed(Mailbox mailbox) {
    return entries.stream().anyMatch(entry -> entry.strip().equalsIgnoreCase(mailbox.address()));
  }

  private void lookBeyond(Mailbox other, ExchangeScope scope, Report report) {
    String subject = "scope";
    try {
      read(other, "inbox");
      report.add(
          Finding.fail(
              subject,
              other.address() + " can be read, though it is not watched",
              "Take Mail.Read away from the application in Entra ID and grant it in Exchange.\n"
                  + scope.commands()));
    } catch (MailSourceException e) {
      String why = String.valueOf(e.getMessage());
      report.add(
          switch (e.kind()) {
            case MAILBOX_FORBIDDEN ->
                Finding.ok(subject, other.address() + " is refused, as it must be");
            case MAILBOX_UNUSABLE ->
                Finding.fail(
                    subject,
                    other.address() + " shows nothing, as it is no mailbox",
                    "Set DOCTOR_OTHER_MAILBOX to a mailbox that is there and must not be read");
            default -> Finding.fail(subject, other.address() + " shows nothing", why);
          });
    }
  }
}
