package io.emailmonitor.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the mailboxes hold with what the monitor recorded and what the workers saved.
 *
 * @param byMailbox one row for each mailbox
 * @param problems what is not as it should be, in words; empty when everything is accounted for
 */
record Reckoning(Map<String, Row> byMailbox, List<String> problems) {

  /** What became of one mailbox's attachments. */
  static final class Row {
    int messages;
    int attachments;
    int processed;
    int failed;
    int open;
    final Map<String, Integer> skippedByReason = new TreeMap<>();
  }

  static Reckoning of(
      Map<String, Integer> messages,
      List<Truth> truth,
      List<Recorded> ledger,
      Map<String, Path> saved)
      throws IOException {
    Reckoning reckoning = new Reckoning(new TreeMap<>(), new ArrayList<>());
    messages.forEach((mailbox, count) -> reckoning.row(mailbox).messages = count);
    Map<String, Recorded> byId =
        ledger.stream()
            .collect(
                Collectors.toMap(
                    entry -> key(entry.messageId(), entry.attachmentId()),
                    Function.identity(),
                    (one, other) -> one));
    for (Truth attachment : truth) {
      String id = key(attachment.messageId(), attachment.attachmentId());
      reckoning.add(attachment, byId.get(id), saved);
    }
    return reckoning;
  }

  private static String key(String messageId, String attachmentId) {
    return messageId + ' ' + attachmentId;
  }

  private Row row(String mailbox) {
    return byMailbox.computeIfAbsent(mailbox, unused -> new Row());
  }

  private void add(Truth truth, @Nullable Recorded recorded, Map<String, Path> saved)
      throws IOException {
    Row row = row(truth.mailbox());
    row.attachments++;
    if (recorded == null) {
      row.open++;
      problems.add("no outcome: " + truth.place());
      return;
    }
    switch (recorded.outcome()) {
      case "SKIPPED" ->
          row.skippedByReason.merge(String.valueOf(recorded.reason()), 1, Integer::sum);
      case "FAILED" -> row.failed++;
      default -> addEnqueued(row, truth, recorded, saved);
    }
  }

  private void addEnqueued(Row row, Truth truth, Recorded recorded, Map<String, Path> saved)
      throws IOException {
    Path file = recorded.taskId() == null ? null : saved.get(recorded.taskId());
    if (file == null) {
      row.open++;
      problems.add("not processed: " + truth.place());
    } else if (SavedFiles.sha256(file).equals(truth.sha256())) {
      row.processed++;
    } else {
      row.failed++;
      problems.add("wrong bytes: " + truth.place());
    }
  }
}
