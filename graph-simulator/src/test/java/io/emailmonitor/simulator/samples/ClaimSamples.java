package io.emailmonitor.simulator.samples;

import java.nio.charset.StandardCharsets;

/** Mail of private people and of other mail servers, in all the shapes that these write. */
final class ClaimSamples extends Mailbox {

  private static final String DAVE = "Dave <dave@customer.example>";
  private static final byte[] PHOTO = Documents.png(48, 200, 30, 30);

  ClaimSamples() {
    super("claims");
    add(
        "photo-and-form",
        DAVE,
        "Claim 77",
        with(
            Part.file("photo.png", "image/png", PHOTO),
            Part.file("claim.docx", DOCX, Documents.docx("Claim 77", "The vase broke."))));
    bare();
    senders();
    servers();
  }

  private void bare() {
    add("nothing-but-a-photo", DAVE, "Photo", Part.file("broken-vase.png", "image/png", PHOTO));
    add("nothing-but-a-pdf", DAVE, "Claim 79", Part.file("claim.pdf", PDF, Documents.pdf("79")));
    add(
        "pdf-without-name",
        DAVE,
        "Claim 80",
        with(Part.base64(Documents.pdf("Claim 80"), "Content-Type: application/pdf")));
    add(
        "html-with-script",
        "Mallory <mallory@evil.example>",
        "Claim 81",
        Part.html(
            "<script>alert(1)</script><img src=\"https://evil.example/pixel.png\">"
                + "<p onclick=\"alert(2)\">Please &lt;pay&gt; me.</p>"));
  }

  private void senders() {
    add(
        "emoji",
        Words.encoded("Zo\u00eb \ud83c\udf3b") + " <zoe@customer.example>",
        Words.encoded("Vase \ud83d\udc94 kaputt \u2013 bitte pr\u00fcfen"),
        with(Part.encodedFile("\ud83d\udc94 vase.pdf", PDF, Documents.pdf("Claim 82"))));
    add(
        "raw-eight-bit-headers",
        with(
            Part.base64(
                Documents.pdf("Claim 83"),
                "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"r\u00e9clamation.pdf\"")),
        "From: Andr\u00e9 <andre@customer.example>",
        "Subject: R\u00e9clamation n\u00b0 83");
    add("sender-without-name", "<eve@customer.example>", "Claim 84", with(form("84")));
    add("no-sender", with(form("85")), "Subject: Claim 85");
    put(
        "no-date",
        with(form("86")).eml("From: " + DAVE, "To: claims@contoso.example", "Subject: Claim 86"));
  }

  private void servers() {
    add(
        "invitation",
        DAVE,
        "Viewing of the vase",
        Part.multipart(
            "mixed",
            Part.text("Let us meet.\r\n"),
            Part.raw(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
                "Content-Type: text/calendar; charset=utf-8; method=REQUEST")));
    add(
        "bounce",
        "Mail Delivery <mailer-daemon@mail.example>",
        "Undelivered Mail Returned to Sender",
        Part.multipart(
            "report; report-type=delivery-status",
            Part.text("It could not be delivered.\r\n"),
            Part.raw(
                "Reporting-MTA: dns; mail.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\n",
                "Content-Type: message/delivery-status"),
            Part.message(
                with(form("88")).eml("From: claims@contoso.example", "Subject: Your claim 88"))));
    String open =
        new String(
            with(form("89"))
                .eml("From: " + DAVE, "Subject: Claim 89", "Message-ID: <open-89@x.example>"),
            StandardCharsets.UTF_8);
    put(
        "breaks-off",
        open.substring(0, open.lastIndexOf("\r\n--")).getBytes(StandardCharsets.UTF_8));
    add(
        "signed",
        DAVE,
        "Claim 90, signed",
        Part.multipart(
            "signed",
            with(form("90")),
            Part.file(
                "smime.p7s",
                "application/pkcs7-signature",
                new byte[] {0x30, (byte) 0x80, 6, 9, 0x2a})));
  }

  private static Part form(String number) {
    return Part.file("claim-" + number + ".pdf", PDF, Documents.pdf("Claim " + number));
  }

  private static Part with(Part... attachments) {
    Part[] parts = new Part[attachments.length + 1];
    parts[0] = Part.text("Hello,\r\n\r\nplease look at this.\r\n");
    System.arraycopy(attachments, 0, parts, 1, attachments.length);
    return Part.multipart("mixed", parts);
  }
}
