package io.emailmonitor.simulator.mail;

import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail that is signed or encrypted by S/MIME has one attachment in Exchange, {@code smime.p7m}:
 * the whole of what is signed, with its Content-Type (MS-OXOSMIME).
 */
final class SignedMail {

  private static final String NAME = "smime.p7m";
  private static final Set<String> CRYPTIC =
      Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");

  private SignedMail() {}

  /** Empty for any other mail. */
  static Optional<MailAttachment> asExchangeShowsIt(InternetHeaders headers, byte[] raw) {
    PartHead head = PartHead.of(headers, "text/plain");
    String type = PartHead.first(headers, "Content-Type").orElse("");
    if (head.type().equals("multipart/signed")
        && PartHead.lower(type).contains("pkcs7-signature")) {
      byte[] entity = entity(type, raw);
      return Optional.of(attachment(head.type(), entity, MailReader.within(entity, 1)));
    }
    if (CRYPTIC.contains(head.type())) {
      byte[] cms = TransferEncoding.decode(raw, head.encoding());
      return Optional.of(attachment(head.type(), cms, Told.within(headers)));
    }
    return Optional.empty();
  }

  private static byte[] entity(String type, byte[] raw) {
    ByteArrayOutputStream entity = new ByteArrayOutputStream();
    String head = "Content-Type: " + type + "\r\n\r\n";
    entity.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    entity.writeBytes(raw);
    return entity.toByteArray();
  }

  private static MailAttachment attachment(
      String type, byte[] content, List<MailAttachment> within) {
    return new MailAttachment(
        MailAttachment.Kind.FILE, NAME, NAME, type, false, null, Content.of(content), null, within);
  }
}
