package io.emailmonitor.monitor.api;

import java.util.Map;
import java.util.stream.Collectors;

/** A plain page with the status and the addresses of the other answers; it runs no script. */
final class StatusPage {
  private static final String LINKS =
      """
      <p><a href="/status">status</a> · <a href="/recent-results">recent results</a> ·
      <a href="/redis-queue/status">queue status</a> · <a href="/redis-queue/stats">queue statistics</a> ·
      <a href="/redis-queue/peek">next tasks</a></p>
      """;

  private final StatusView status;

  StatusPage(StatusView status) {
    this.status = status;
  }

  String html() {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Email Monitor</title></head><body>\n"
        + "<h1>Email Monitor: "
        + escape(status.status())
        + "</h1>\n"
        + LINKS
        + table("Checks", rows(status.checks(), StatusPage::verdict))
        + table("Attachments", rows(status.totals().outcomes(), String::valueOf))
        + table("Skipped because of", rows(status.totals().skippedByReason(), String::valueOf))
        + table("Failed because of", rows(status.totals().failedByReason(), String::valueOf))
        + table(
            "Mailboxes",
            status.mailboxes().stream()
                .map(
                    m ->
                        row(
                            m.address(),
                            String.valueOf(
                                m.parkedReason() == null ? "watched" : m.parkedReason())))
                .collect(Collectors.joining()))
        + "</body></html>\n";
  }

  private static String verdict(StatusView.Check check) {
    String verdict = check.healthy() ? "ok" : "RED";
    return check.message() == null ? verdict : verdict + ": " + check.message();
  }

  private static <T> String rows(
      Map<String, T> values, java.util.function.Function<T, String> shown) {
    return values.entrySet().stream()
        .map(e -> row(e.getKey(), shown.apply(e.getValue())))
        .collect(Collectors.joining());
  }

  private static String row(String name, String value) {
    return "<tr><th scope=\"row\">" + escape(name) + "</th><td>" + escape(value) + "</td></tr>\n";
  }

  private static String table(String caption, String rows) {
    return rows.isEmpty()
        ? ""
        : "<table><caption>" + caption + "</caption>\n" + rows + "</table>\n";
  }

  /** Everything shown may come from a mail or an answer from outside. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
