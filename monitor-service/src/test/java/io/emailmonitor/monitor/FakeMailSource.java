package io.emailmonitor.monitor;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailListing;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail system that has bodies only, and can be down. */
final class FakeMailSource implements MailSource {
  volatile @Nullable MailSourceException failure;

  @Override
  public String bodyText(Mailbox mailbox, String mailId) {
    check();
    return "Body of " + mailId + " in " + mailbox.address();
  }

  @Override
  public void check() {
    MailSourceException toThrow = failure;
    if (toThrow != null) {
      throw toThrow;
    }
  }

  @Override
  public void follow(Mailbox mailbox, Mail mail, FollowUp wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Discovery discover(List<String> entries) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recall(Discovery earlier) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MailFolder folder(Mailbox mailbox, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<MailFolder> subfolders(Mailbox mailbox, MailFolder folder, boolean deep) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MailPage changes(Mailbox mailbox, MailFolder folder, @Nullable Cursor from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mail mail(Mailbox mailbox, String mailId) {
    check();
    return new Mail(mailId, null, "Our newsletter", "Jo", "jo@partner.org", Instant.EPOCH);
  }

  @Override
  public MailListing list(
      Mailbox mailbox, MailFolder folder, Instant since, @Nullable Cursor from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Mail> latest(Mailbox mailbox, MailFolder folder, int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Attachment> attachments(Mailbox mailbox, Mail mail) {
    return List.of(
        new Attachment("a1", Attachment.Kind.FILE, "invoice.pdf", null, 2000, false),
        new Attachment("a2", Attachment.Kind.FILE, "logo.png", "image/png", 200, true));
  }

  @Override
  public InputStream open(Mailbox mailbox, Mail mail, Attachment attachment) {
    throw new UnsupportedOperationException();
  }
}
