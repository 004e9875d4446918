package io.emailmonitor.simulator.samples;

import java.nio.charset.StandardCharsets;

/** A shared mailbox that machines write to. */
final class ReportSamples extends Mailbox {

  private static final String JOBS = "Nightly Jobs <jobs@contoso.example>";

  ReportSamples() {
    super("shared-reports");
    byte[] week = Documents.csv("day;orders", "Mon;12", "Tue;9");
    add("weekly-csv", JOBS, "Weekly report", with(Part.file("week-1.csv", "text/csv", week)));
    add(
        "same-content-other-name",
        JOBS,
        "Weekly report (copy)",
        with(Part.file("week-1 (1).csv", "text/csv", week)));
    add(
        "xlsx-and-pdf",
        JOBS,
        "Monthly report",
        with(
            Part.file("january.xlsx", XLSX, Documents.xlsx("day;orders", "1;12")),
            Part.file("january.pdf", PDF, Documents.pdf("January"))));
    add(
        "double-extension",
        "Mallory <mallory@evil.example>",
        "Report",
        with(
            Part.file("report.pdf.exe", "application/x-msdownload", new byte[] {'M', 'Z', 0, 0}),
            Part.file("report.exe.pdf", "application/octet-stream", new byte[] {'M', 'Z', 0, 0})));
    add(
        "log-only",
        JOBS,
        "Log",
        with(
            Part.file(
                "night.log", "text/plain", "all well\n".getBytes(StandardCharsets.US_ASCII))));
  }

  private static Part with(Part... attachments) {
    Part[] parts = new Part[attachments.length + 1];
    parts[0] = Part.text("Made by a machine.\r\n");
    System.arraycopy(attachments, 0, parts, 1, attachments.length);
    return Part.multipart("mixed", parts);
  }
}
