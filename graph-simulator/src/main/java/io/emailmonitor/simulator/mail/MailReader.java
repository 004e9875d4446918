package io.emailmonitor.simulator.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code .eml} file. Never fails: of a broken mail it gives what could be read, at worst
 * one body with all that stands in the file.
 */
public final class MailReader {

  private static final System.Logger LOG = System.getLogger(MailReader.class.getName());

  /** Deeper than any real mail; a bound against files made to exhaust the stack. */
  private static final int DEEPEST = 100;

  /** Mail within mail beyond this depth is not looked into. */
  private static final int DEEPEST_WITHIN = 10;

  private final int depth;
  private final List<MailAttachment> attachments = new ArrayList<>();
  private @Nullable String text;
  private @Nullable String html;

  private MailReader(int depth) {
    this.depth = depth;
  }

  /** Takes the array as it is: the caller must not write to it any more. */
  public static Mail read(byte[] eml) {
    try {
      return readUnguarded(eml);
    } catch (RuntimeException e) {
      // A mistake of this reader or of the library; one mail must not keep the others away.
      LOG.log(Level.WARNING, "a mail was taken as plain text because reading it failed", e);
      byte[] asText = new byte[eml.length + 2];
      asText[0] = '\r';
      asText[1] = '\n';
      System.arraycopy(eml, 0, asText, 2, eml.length);
      return readUnguarded(asText);
    }
  }

  /** The same without the guard, so that tests see what goes wrong. */
  static Mail readUnguarded(byte[] eml) {
    return new MailReader(0).readMail(eml);
  }

  /** The attachments of a mail within a mail, which Exchange leaves as it is. */
  static List<MailAttachment> within(byte[] eml, int depth) {
    return depth > DEEPEST_WITHIN ? List.of() : new MailReader(depth).readMail(eml).attachments();
  }

  private Mail readMail(byte[] eml) {
    ByteArrayInputStream in = new ByteArrayInputStream(eml);
    InternetHeaders headers = headers(in);
    byte[] raw = in.readAllBytes();
    part(headers, raw, "text/plain", false, 0);
    if (depth == 0) {
      SignedMail.asExchangeShowsIt(headers, raw)
          .ifPresent(
              signed -> {
                attachments.clear();
                attachments.add(signed);
              });
    }
    MailHeaders head = new MailHeaders(headers);
    return new Mail(
        head.text("Subject"),
        head.text("Message-ID"),
        head.address("From"),
        head.address("Sender"),
        head.addresses("To"),
        head.addresses("Cc"),
        head.addresses("Reply-To"),
        head.date(),
        head.received(),
        text,
        html,
        head.all(),
        attachments,
        Content.of(eml));
  }

  private void part(
      InternetHeaders headers, byte[] raw, String defaultType, boolean related, int depth) {
    PartHead head = PartHead.of(headers, defaultType);
    if (head.isMultipart() && depth < DEEPEST && split(head, raw, depth)) {
      return;
    }
    byte[] bytes = TransferEncoding.decode(raw, head.encoding());
    if (head.isBody() || head.isMultipart()) {
      body(head, bytes);
    } else {
      attachments.add(attachment(headers, head, bytes, related));
    }
  }

  private boolean split(PartHead head, byte[] raw, int depth) {
    String boundary = head.boundary();
    if (boundary == null) {
      return false;
    }
    try {
      List<MimeBodyPart> parts = LenientMultipart.split(raw, head.type(), boundary);
      boolean related = head.type().equals("multipart/related");
      String defaultType = head.type().equals("multipart/digest") ? "message/rfc822" : "text/plain";
      for (MimeBodyPart part : parts) {
        try (InputStream in = part.getRawInputStream()) {
          part(headersOf(part), in.readAllBytes(), defaultType, related, depth + 1);
        }
      }
      return !parts.isEmpty();
    } catch (MessagingException | IOException e) {
      return false; // the boundary does not occur: then it is text
    }
  }

  private static InternetHeaders headersOf(MimeBodyPart part) throws MessagingException {
    InternetHeaders headers = new InternetHeaders();
    part.getAllHeaders()
        .asIterator()
        .forEachRemaining(header -> headers.addHeader(header.getName(), header.getValue()));
    return headers;
  }

  private void body(PartHead head, byte[] bytes) {
    String content =
        new String(bytes, Charsets.named(head.charset(), StandardCharsets.UTF_8))
            .replace("\r\n", "\n");
    if (head.type().equals("text/html")) {
      html = html == null ? content : html;
    } else {
      text = text == null ? content : text;
    }
  }

  private MailAttachment attachment(
      InternetHeaders headers, PartHead head, byte[] bytes, boolean related) {
    boolean reference =
        PartHead.first(headers, "X-Graph-Attachment").filter("reference"::equals).isPresent();
    MailAttachment.Kind kind =
        reference
            ? MailAttachment.Kind.REFERENCE
            : head.isMessage() ? MailAttachment.Kind.ITEM : MailAttachment.Kind.FILE;
    String shownName =
        kind == MailAttachment.Kind.ITEM
            ? AttachmentNames.ofItem(subject(bytes), head.name())
            : AttachmentNames.ofFile(head.name(), head.type(), attachments.size() + 1);
    return new MailAttachment(
        kind,
        head.name(),
        shownName,
        head.type(),
        head.isInline(related),
        head.contentId(),
        Content.of(bytes),
        reference ? new String(bytes, StandardCharsets.UTF_8).strip() : null,
        kind == MailAttachment.Kind.ITEM ? within(bytes, depth + 1) : Told.within(headers));
  }

  private static @Nullable String subject(byte[] eml) {
    return new MailHeaders(headers(new ByteArrayInputStream(eml))).text("Subject");
  }

  /** Leaves the stream at the body; of a head that breaks off, what was read of it stays. */
  private static InternetHeaders headers(ByteArrayInputStream in) {
    InternetHeaders headers = new InternetHeaders();
    try {
      headers.load(in);
    } catch (MessagingException e) {
      return headers;
    }
    return headers;
  }
}
