package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.simulator.samples.Cms;
import io.emailmonitor.simulator.samples.Tnef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
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
    if (random.nextInt(12) == 0) {
      return cryptic();
    }
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
    switch (random.nextInt(30)) {
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
      case 11, 12 -> winmail(eml, id, false);
      case 13 -> winmail(eml, id, true);
      case 14, 15 -> {
        eml.append("--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: wanted-").append(id);
        eml.append("\r\nContent-Type: multipart/mixed; boundary=i").append(id).append("\r\n\r\n");
        StringBuilder parts = new StringBuilder();
        file(parts, "attachment", "application/pdf", "wanted-" + id + ".pdf", size());
        file(parts, "attachment", "application/zip", "other-" + id + ".zip", size());
        winmail(parts, id, false);
        eml.append(parts.toString().replace("--b\r\n", "--i" + id + "\r\n"));
        eml.append("--i").append(id).append("--\r\n");
      }
      default -> file(eml, "attachment", "application/pdf", "wanted-" + id + ".pdf", size());
    }
  }

  /** A message that is signed, within its signature, or that is encrypted. */
  private byte[] cryptic() {
    byte[] wanted = content(size());
    String entity =
        "Content-Type: application/pdf; name=wanted-s.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(wanted);
    boolean encrypted = random.nextBoolean();
    byte[] cms =
        encrypted ? Cms.encrypted(wanted) : Cms.signedInPieces(entity.getBytes(ISO_8859_1));
    return ("Subject: mail "
            + number
            + "\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n"
            + (encrypted ? "" : holding("wanted-s.pdf", wanted))
            + "\r\n"
            + Base64.getMimeEncoder().encodeToString(cms))
        .getBytes(ISO_8859_1);
  }

  private void winmail(StringBuilder eml, String id, boolean damaged) {
    byte[] wanted = content(size());
    byte[] other = content(size());
    Tnef tnef = new Tnef();
    tnef.file("wanted-" + id + ".pdf", "application/pdf", wanted);
    tnef.file("other-" + id + ".zip", "application/zip", other);
    byte[] bytes = tnef.bytes();
    eml.append("--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n");
    if (!damaged) {
      eml.append(holding("wanted-" + id + ".pdf", wanted));
      eml.append(holding("other-" + id + ".zip", other));
    }
    eml.append("Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    byte[] whole = damaged ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    eml.append(Base64.getMimeEncoder().encodeToString(whole)).append("\r\n");
  }

  /** For the simulator's truth. */
  private static String holding(String name, byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      String hex = HexFormat.of().formatHex(hash);
      return "X-Graph-Contained: " + content.length + " " + hex + " " + name + "\r\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] content(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private int size() {
    return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(30_000);
  }

  private void file(StringBuilder eml, String disposition, String type, String name, int size) {
    byte[] content = content(size);
    eml.append("--b\r\nContent-Type: ").append(type).append("\r\nContent-ID: <").append(name);
    eml.append(">\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ");
    eml.append(disposition).append("; filename=\"").append(name).append("\"\r\n\r\n");
    eml.append(Base64.getMimeEncoder().encodeToString(content)).append("\r\n");
  }

  /**
   * Why it must be skipped; empty when it must be handed on.
   *
   * @param holds whether it can be seen that it holds others
   */
  static Optional<Reason> skipped(String name, boolean holds) {
    if (name.equals("winmail.dat")) {
      return holds ? Optional.of(Reason.UNPACKED) : Optional.empty();
    }
    if (name.equals("smime.p7m")) {
      return Optional.of(holds ? Reason.UNPACKED : Reason.ENCRYPTED);
    }
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
