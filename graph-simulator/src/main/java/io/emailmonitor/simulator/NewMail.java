package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailReader;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes new mail of the samples, each with a subject and an id of its own. One thread at a time.
 */
final class NewMail {

  /** Mail is changed byte for byte, and this is the one character set without loss. */
  private static final Charset BYTEWISE = StandardCharsets.ISO_8859_1;

  private static final Pattern REPLACED =
      Pattern.compile("(?im)^(Subject|Message-ID):.*\\r?\\n(?:[ \\t].*\\r?\\n)*");
  private static final Pattern END_OF_HEAD = Pattern.compile("\\r?\\n\\r?\\n");

  private final Tenant tenant;
  private final List<Samples.Sample> samples;
  private int delivered;

  NewMail(Tenant tenant, List<Samples.Sample> samples) {
    this.tenant = tenant;
    // by file name, so that the mailboxes take turns
    this.samples =
        samples.stream()
            .sorted(Comparator.comparing(sample -> sample.path().replaceAll(".*/", "")))
            .toList();
  }

  /** To the sample's own mailbox where there is one, else to each mailbox in turn. */
  Message deliver() {
    Samples.Sample sample = samples.get(delivered % samples.size());
    delivered++;
    List<Mailbox> mailboxes = tenant.mailboxes();
    Mailbox mailbox =
        tenant
            .mailbox(sample.mailbox())
            .orElseGet(() -> mailboxes.get(delivered % mailboxes.size()));
    return mailbox.deliver(
        mailbox.folderAt("inbox"), MailReader.read(variation(sample.mail(), delivered)));
  }

  static byte[] variation(Mail mail, int number) {
    String eml = new String(mail.source().bytes(), BYTEWISE);
    var end = END_OF_HEAD.matcher(eml);
    int body = end.find() ? end.start() : eml.length();
    String head = REPLACED.matcher(eml.substring(0, body) + "\r\n").replaceAll("").stripTrailing();
    String subject = (mail.subject() == null ? "" : mail.subject() + ' ') + '#' + number;
    String changed =
        head
            + "\r\nSubject: "
            + encoded(subject)
            + "\r\nMessage-ID: <variation-"
            + number
            + "@simulator.invalid>"
            + eml.substring(body);
    return changed.getBytes(BYTEWISE);
  }

  private static String encoded(String subject) {
    try {
      return MimeUtility.fold(9, MimeUtility.encodeText(subject, "UTF-8", "B"));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JDK has UTF-8", e);
    }
  }
}
