package io.emailmonitor.simulator.samples;

/** Mostly PDF, under names of every kind. */
final class InvoiceSamples extends Mailbox {

  private static final String ACME = "Acme Billing <billing@acme.example>";

  InvoiceSamples() {
    super("invoices");
    usual();
    names();
    texts();
    folder("inbox/Invoices 2026");
    add("in-a-subfolder", ACME, "Invoice 2026-031", letter(pdf("invoice-031.pdf", "2026-031")));
    add(
        "two-in-a-subfolder",
        ACME,
        "Invoices 2026-032 and 033",
        letter(pdf("invoice-032.pdf", "2026-032"), pdf("invoice-033.pdf", "2026-033")));
  }

  private void usual() {
    Part first = letter(pdf("invoice-001.pdf", "2026-001"));
    add("invoice-pdf", ACME, "Invoice 2026-001", first);
    put("same-mail-again", files().values().iterator().next());
    add(
        "pdf-and-word",
        ACME,
        "Invoice 2026-003 with terms",
        letter(
            pdf("invoice-003.pdf", "2026-003"),
            Part.file("terms.docx", DOCX, Documents.docx("Terms", "Payable within 30 days."))));
    add(
        "pdf-inline-only",
        "Jane Phone <jane@partner.example>",
        "Scanned on my phone",
        Part.multipart(
            "mixed",
            Part.text("The invoice is below.\r\n"),
            Part.base64(
                Documents.pdf("Invoice 2026-004"),
                "Content-Type: application/pdf; x-unix-mode=0644; name=\"scan.pdf\"",
                "Content-Disposition: inline; filename=scan.pdf"),
            Part.text("Sent from my phone\r\n")));
    add(
        "capital-extension",
        ACME,
        "Invoice 2026-005",
        letter(
            Part.file(
                "INVOICE-005.PDF", "application/octet-stream", Documents.pdf("Invoice 2026-005"))));
    add(
        "same-name-twice",
        ACME,
        "Two invoices, one name",
        letter(pdf("invoice.pdf", "2026-006"), pdf("invoice.pdf", "2026-007")));
  }

  private void names() {
    String german = "Rechnung M\u00e4rz \u2116 8.pdf";
    add(
        "name-in-encoded-words",
        ACME,
        Words.encoded("Rechnung M\u00e4rz"),
        letter(pdf(Words.encoded(german), "2026-008")));
    add(
        "name-in-japanese",
        Words.encoded("\u5c71\u7530\u592a\u90ce") + " <yamada@partner.example>",
        Words.encoded("\u8acb\u6c42\u66f8 2026\u5e741\u6708"),
        letter(Part.encodedFile("\u8acb\u6c42\u66f8.pdf", PDF, Documents.pdf("Invoice 2026-009"))));
    add(
        "name-in-pieces",
        ACME,
        "A name in pieces",
        letter(
            Part.base64(
                Documents.pdf("Invoice 2026-010"),
                "Content-Type: application/pdf",
                "Content-Disposition: attachment;\r\n filename*0*=UTF-8''%e2%82%ac%20;\r\n"
                    + " filename*1=\"rates and \";\r\n filename*2*=%C3%BCbersicht.pdf")));
    add(
        "name-climbs-out",
        "Mallory <mallory@evil.example>",
        "Read this",
        letter(
            pdf("../../etc/passwd", "x"),
            pdf("..\\\\..\\\\windows\\\\system32\\\\evil.pdf", "y"),
            pdf("/etc/cron.d/job.pdf", "z")));
    add(
        "name-of-a-device",
        ACME,
        "A device",
        letter(pdf("CON.pdf", "2026-012"), pdf("lpt1.csv.pdf", "2026-013")));
    add("name-of-300", ACME, "A long name", letter(pdf("long-".repeat(59) + "n.pdf", "2026-014")));
  }

  private void texts() {
    add(
        "html-in-subject",
        "\"<b>Bold</b> & \\\"Co\\\" <img src=x onerror=alert(1)>\" <bold@evil.example>",
        "<script>alert('subject')</script> \"><svg/onload=alert(2)> ${7*7} {{7*7}}",
        letter(pdf("<img src=x onerror=alert(3)>.pdf", "2026-015")));
    add("no-subject", letter(pdf("invoice-016.pdf", "2026-016")), "From: " + ACME);
    add(
        "not-a-pdf",
        "Mallory <mallory@evil.example>",
        "Invoice",
        letter(
            Part.file(
                "invoice-017.pdf",
                PDF,
                "<html><script>alert(1)</script></html>"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
  }

  private static Part letter(Part... attachments) {
    Part[] parts = new Part[attachments.length + 1];
    parts[0] =
        Part.multipart(
            "alternative",
            Part.text("Dear customer,\r\n\r\nplease find our invoice attached.\r\n"),
            Part.html("<p>Dear customer,</p><p>please find our <b>invoice</b> attached.</p>"));
    System.arraycopy(attachments, 0, parts, 1, attachments.length);
    return Part.multipart("mixed", parts);
  }

  private static Part pdf(String name, String number) {
    return Part.file(name, PDF, Documents.pdf("Acme Ltd", "Invoice " + number, "Total 119.00 EUR"));
  }
}
