package io.emailmonitor.simulator.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Mail whose attachments lie within others, as Outlook and S/MIME wrap them. */
final class WrappedSamples extends Mailbox {

  private static final String CAROL = "Carol <carol@partner.example>";
  private static final String TNEF = "application/ms-tnef";
  private static final byte[] CONTRACT = Documents.pdf("Contract 7");
  private static final byte[] LIST = Documents.csv("part;count", "7;12");

  WrappedSamples() {
    super("contracts");
    winmail();
    smime();
  }

  private void winmail() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("Vertrag Nr. 7 (unterschrieben).pdf", CONTRACT);
    files.put("list.csv", LIST);
    files.put("tool.exe", new byte[] {'M', 'Z', 0, 0});
    Tnef tnef = new Tnef();
    files.forEach((name, content) -> tnef.file(name, "application/octet-stream", content));
    byte[] winmail = tnef.bytes();
    add(
        "winmail",
        CAROL,
        "Contract 7",
        with(Part.file("winmail.dat", TNEF, winmail).holding(files)));
    byte[] cut = Arrays.copyOf(winmail, winmail.length / 2);
    add(
        "winmail-that-breaks-off",
        CAROL,
        "Contract 7 again",
        with(Part.file("winmail.dat", TNEF, cut)));
  }

  private void smime() {
    byte[] cms = Cms.signature();
    Part signature = Part.file("smime.p7s", "application/pkcs7-signature", cms);
    add(
        "signed",
        CAROL,
        "Contract 8, signed",
        Part.multipart(
            "signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
            with(Part.file("contract-8.pdf", PDF, CONTRACT)),
            signature));
    byte[] entity = with(Part.file("contract-9.pdf", PDF, CONTRACT)).eml();
    add(
        "signed-within-its-signature",
        CAROL,
        "Contract 9, signed",
        cryptic("signed-data", Cms.signedInPieces(entity))
            .holding(Map.of("contract-9.pdf", CONTRACT)));
    byte[] secret = "nobody reads this".getBytes(StandardCharsets.US_ASCII);
    add("encrypted", CAROL, "Contract 10", cryptic("enveloped-data", Cms.encrypted(secret)));
  }

  private static Part cryptic(String type, byte[] cms) {
    return Part.base64(
        cms,
        "Content-Type: application/pkcs7-mime; smime-type=" + type + "; name=\"smime.p7m\"",
        "Content-Disposition: attachment; filename=\"smime.p7m\"");
  }

  private static Part with(Part... attachments) {
    Part[] parts = new Part[attachments.length + 1];
    parts[0] = Part.text("As agreed.\r\n");
    System.arraycopy(attachments, 0, parts, 1, attachments.length);
    return Part.multipart("mixed", parts);
  }
}
