package io.emailmonitor.simulator.samples;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tables, pictures within the text, archives and mail within mail. */
final class OrderSamples extends Mailbox {

  private static final String SHOP = "Web Shop <noreply@shop.example>";
  private static final byte[] LOGO = Documents.png(24, 0, 90, 160);

  OrderSamples() {
    super("orders");
    tables();
    pictures();
    containers();
    oddities();
  }

  private void tables() {
    add("csv", SHOP, "Order 1001", with(csv("order-1001.csv", "1001")));
    add(
        "xlsx",
        SHOP,
        "Order 1002",
        with(Part.file("order-1002.xlsx", XLSX, Documents.xlsx("item;count", "Chair;4"))));
    add(
        "csv-quoted-printable",
        SHOP,
        "Order 1003",
        with(
            Part.raw(
                "item;count\r\nSt=C3=BChle, eine sehr lange Zeile, die umgebrochen wird=\r\n;12\r\n",
                "Content-Type: text/csv; charset=utf-8; name=\"order-1003.csv\"",
                "Content-Disposition: attachment; filename=\"order-1003.csv\"",
                "Content-Transfer-Encoding: quoted-printable")));
    add("nothing-attached", SHOP, "Your order has shipped", Part.text("It is on its way.\r\n"));
  }

  private void pictures() {
    Part body = Part.html("<img src=\"cid:logo@shop.example\" alt=\"Shop\"><p>Order below.</p>");
    Part logo = Part.inline("logo@shop.example", "logo.png", "image/png", LOGO);
    add("only-a-logo", SHOP, "Thank you", Part.multipart("related", body, logo));
    add(
        "logo-and-csv",
        SHOP,
        "Order 1006",
        Part.multipart(
            "mixed", Part.multipart("related", body, logo), csv("order-1006.csv", "1006")));
  }

  private void containers() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("order-1007.csv", Documents.csv("item;count", "Lamp;2"));
    files.put("order-1007.pdf", Documents.pdf("Order 1007"));
    add(
        "zip",
        SHOP,
        "Orders of the day",
        with(Part.file("orders.zip", "application/zip", Documents.zip(files))));
    byte[] inner =
        with(csv("order-1008.csv", "1008"))
            .eml(
                "From: Bob <bob@customer.example>",
                "To: sales@shop.example",
                "Subject: My order 1008",
                "Date: Sun, 4 Jan 2026 18:00:00 +0100",
                "Message-ID: <inner-8@customer.example>");
    add("mail-in-mail", SHOP, "FW: My order 1008", with(Part.message(inner)));
    byte[] middle =
        with(Part.message(inner), csv("order-1009.csv", "1009"))
            .eml("From: Shop <info@shop.example>", "Subject: FW: My order 1008", "To: x@y.example");
    add("mail-in-mail-in-mail", SHOP, "FW: FW: My order 1008", with(Part.message(middle)));
    add(
        "file-in-the-cloud",
        "Carol <carol@partner.example>",
        "Shared with you",
        with(
            Part.reference(
                "Shared.xlsx", "https://partner.sharepoint.example/sites/orders/Shared.xlsx"),
            csv("order-1010.csv", "1010")));
  }

  private void oddities() {
    add(
        "empty-files",
        SHOP,
        "Empty",
        with(
            Part.file("empty.csv", "text/csv", new byte[0]),
            Part.file("empty.pdf", PDF, new byte[0])));
    add(
        "name-with-controls",
        "Mallory <mallory@evil.example>",
        "Bell",
        with(Part.encodedFile("a\u0000b\u0007\n\r\t\u001b[31m.csv", "text/csv", row("1012"))));
    add(
        "name-right-to-left",
        "Mallory <mallory@evil.example>",
        "Not what it seems",
        with(
            Part.encodedFile("order\u202efdp.exe", "application/octet-stream", row("1013")),
            Part.encodedFile("order\u202excod.pdf", PDF, Documents.pdf("Order 1013"))));
    add(
        "name-with-dots",
        SHOP,
        "Dots and marks",
        with(
            csv(".csv", "1014"),
            csv("order.pdf.", "1014"),
            csv(" order : * ? | .csv ", "1014"),
            csv("order", "1014")));
    add(
        "arabic",
        Words.encoded("\u0645\u062d\u0645\u062f") + " <m@partner.example>",
        Words.encoded("\u0637\u0644\u0628 \u062c\u062f\u064a\u062f 1015"),
        with(Part.encodedFile("\u0637\u0644\u0628.csv", "text/csv", row("1015"))));
    Part[] many = new Part[12];
    for (int i = 0; i < many.length; i++) {
      many[i] = csv("part-" + (i + 1) + ".csv", "1016-" + i);
    }
    add("twelve-files", SHOP, "Order 1016 in parts", with(many));
  }

  private static Part with(Part... attachments) {
    Part[] parts = new Part[attachments.length + 1];
    parts[0] = Part.text("The order is attached.\r\n");
    System.arraycopy(attachments, 0, parts, 1, attachments.length);
    return Part.multipart("mixed", parts);
  }

  private static Part csv(String name, String order) {
    return Part.file(name, "text/csv", row(order));
  }

  private static byte[] row(String order) {
    return Documents.csv("order;item;count", order + ";Desk;1");
  }
}
