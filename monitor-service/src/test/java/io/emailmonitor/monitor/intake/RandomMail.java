package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.emailmonitor.monitor.ledger.Reason;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Mail with attachments of every kind, drawn from a seed. An attachment's name tells what must
 * become of it under {@link #FILE_TYPES}.
 */
final class RandomMail {
  static final List<String> FILE_TYPES = List.of(".pdf", ".png", ".eml");

  /** Around the ends of base64 triples, of its lines, and of the chunks that are sent. */
  private static final int[] EDGES = {0, 1, 2, 3, 57, 58, 8191, 8192, 16384, 16386};

  private final Random random;
  private int number;

  RandomMail(Random random) {
    this.random = random;
  }

  byte[] next() {
    number++;
    StringBuilder eml = new StringBuilder();
    eml.append("Subject: mail ").append(number).append("\r\nFrom: ann@partner.example\r\n");
    eml.append("Message-ID: <").append(number).append("@partner.example>\r\n");
    eml.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n");
    int attachments = random.nextInt(4);
    for (int i = 0; i < attachments; i++) {
      attach(eml, number + "-" + i);
    }
    return eml.append("--b--\r\n").toString().getBytes(ISO_8859_1);
  }

  /** The name of a file that is to be handed on, and comes to its message later. */
  String lateName() {
    return "wanted-late-" + ++number + ".pdf";
  }

  byte[] lateContent() {
    byte[] content = new byte[size()];
    random.nextBytes(content);
    return content;
  }

  private void attach(StringBuilder eml, String id) {
    switch (random.nextInt(24)) {
      case 0 -> file(eml, "attachment", "application/pdf", "large-" + id + ".pdf", 1_000_001);
      case 1 -> file(eml, "attachment", "application/pdf", "large-" + id + ".pdf", 1_200_000);
      case 2, 3 -> file(eml, "inline", "image/png", "logo-" + id + ".png", size());
      case 4, 5, 6 -> file(eml, "attachment", "application/zip", "other-" + id + ".zip", size());
      case 7, 8 -> {
        eml.append("--b\r\nX-Graph-Attachment: reference\r\nContent-Type: application/pdf\r\n");
        eml.append("Content-Disposition: attachment; filename=\"link-").append(id);
        eml.append(".pdf\"\r\n\r\nhttps://contoso.example/").append(id).append("\r\n");
      }
      case 9, 10 -> {
        eml.append("--b\r\nContent-Type: message/rfc822\r\n");
        eml.append("Content-Disposition: attachment\r\n\r\nSubject: wanted-").append(id);
        eml.append("\r\nFrom: bob@partner.example\r\n\r\n").append("text ".repeat(size() / 5));
        eml.append("\r\n");
      }
      default -> file(eml, "attachment", "application/pdf", "wanted-" + id + ".pdf", size());
    }
  }

  private int size() {
    return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(30_000);
  }

  private void file(StringBuilder eml, String disposition, String type, String name, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    eml.append("--b\r\nContent-Type: ").append(type).append("\r\nContent-ID: <").append(name);
    eml.append(">\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ");
    eml.append(disposition).append("; filename=\"").append(name).append("\"\r\n\r\n");
    eml.append(Base64.getMimeEncoder().encodeToString(content)).append("\r\n");
  }

  /** Why it must be skipped; empty when it must be handed on. */
  static Optional<Reason> skipped(String name) {
    return switch (name.substring(0, name.indexOf('-'))) {
      case "wanted" -> Optional.empty();
      case "large" -> Optional.of(Reason.TOO_LARGE);
      case "logo" -> Optional.of(Reason.INLINE);
      case "link" -> Optional.of(Reason.REFERENCE_NOT_FETCHED);
      case "other" -> Optional.of(Reason.TYPE_NOT_WANTED);
      default -> throw new AssertionError("no attachment of a random mail: " + name);
    };
  }
}
