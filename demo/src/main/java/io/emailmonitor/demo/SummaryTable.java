package io.emailmonitor.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints a reckoning as a table. */
final class SummaryTable {
  private static final List<String> HEAD =
      List.of("mailbox", "messages", "attachments", "processed", "skipped", "failed", "open");

  private SummaryTable() {}

  static String of(Reckoning reckoning) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    reckoning.byMailbox().forEach((mailbox, row) -> lines.add(line(mailbox, row)));
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(
                column ->
                    lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    return lines.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n"));
  }

  private static List<String> line(String mailbox, Reckoning.Row row) {
    return List.of(
        mailbox,
        Integer.toString(row.messages),
        Integer.toString(row.attachments),
        Integer.toString(row.processed),
        skipped(row),
        Integer.toString(row.failed),
        Integer.toString(row.open));
  }

  private static String skipped(Reckoning.Row row) {
    String reasons =
        row.skippedByReason.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return row.skipped() == 0 ? "0" : row.skipped() + " (" + reasons + ")";
  }

  private static String aligned(List<String> line, int[] widths) {
    return IntStream.range(0, line.size())
        .mapToObj(column -> String.format("%-" + widths[column] + "s", line.get(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
