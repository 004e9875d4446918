package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.MailReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A message too large to be kept as a file: a spreadsheet export of about 1.5 MB. */
final class LargeSample {

  private static final int ROWS = 40_000;

  private LargeSample() {}

  static Samples.Sample make() {
    String eml =
        """
        From: Order System <noreply@shop.example>
        To: orders@contoso.example
        Subject: Order export, full year
        Date: Mon, 12 Jan 2026 06:00:00 +0000
        Message-ID: <large-1@shop.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_large"

        --=_large
        Content-Type: text/plain; charset=utf-8

        All orders of the year are attached.
        --=_large
        Content-Type: text/csv; name="orders-2025.csv"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="orders-2025.csv"

        %s
        --=_large--
        """
            .formatted(Base64.getMimeEncoder().encodeToString(csv()));
    byte[] bytes = eml.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    return new Samples.Sample("orders@contoso.example/inbox/large.eml", MailReader.read(bytes));
  }

  private static byte[] csv() {
    StringBuilder csv = new StringBuilder(ROWS * 40).append("order;date;customer;amount\r\n");
    for (int row = 1; row <= ROWS; row++) {
      csv.append("A-").append(1_000_000 + row);
      csv.append(";2025-0").append(row % 9 + 1).append("-1").append(row % 10);
      csv.append(";C").append(row * 7919 % 100_000);
      csv.append(';').append(row * 31 % 9_000 + 10).append(".50\r\n");
    }
    return csv.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
