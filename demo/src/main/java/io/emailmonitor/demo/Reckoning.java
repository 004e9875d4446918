package io.emailmonitor.demo;

import io.emailmonitor.simulator.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the mailboxes hold with what the monitor recorded and what the workers saved.
 *
 * @param byMailbox one row for each mailbox
 * @param problems what is not as it should be, in words; empty when everything is accounted for
 */
record Reckoning(Map<String, Row> byMailbox, List<String> problems) {

  /** Before anything is known. */
  static final Reckoning NOTHING = new Reckoning(new TreeMap<>(), new ArrayList<>());

  /** What became of one mailbox's attachments. */
  static final class Row {
    int messages;
    int attachments;
    int processed;
    int failed;
    int open;
    final Map<String, Integer> skippedByReason = new TreeMap<>();

    int skipped() {
      return skippedByReason.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  static Reckoning of(Truth truth, List<Recorded> ledger, Map<String, Path> saved)
      throws IOException {
    Reckoning reckoning = new Reckoning(new TreeMap<>(), new ArrayList<>());
    Map<String, Recorded> byId =
        ledger.stream()
            .collect(
                Collectors.toMap(
                    entry -> key(entry.messageId(), entry.attachmentId()),
                    Function.identity(),
                    (one, other) -> one));
    for (Truth.MailboxTruth mailbox : truth.mailboxes()) {
      Row row = reckoning.byMailbox.computeIfAbsent(mailbox.address(), unused -> new Row());
      for (Truth.FolderTruth folder : mailbox.folders()) {
        for (Truth.MessageTruth message : folder.messages()) {
          row.messages++;
          for (Truth.AttachmentTruth attachment : message.attachments()) {
            // File names are not printed: what a mail calls its attachment may hold anything.
            String place =
                mailbox.address() + ", message " + message.id() + ", attachment " + attachment.id();
            Recorded recorded = byId.get(key(message.id(), attachment.id()));
            reckoning.add(row, place, attachment.sha256(), recorded, saved);
            for (Truth.WithinTruth within : attachment.allWithin(false).toList()) {
              String id = attachment.id() + '~' + within.path();
              Recorded inner = byId.get(key(message.id(), id));
              reckoning.add(row, place + '~' + within.path(), within.sha256(), inner, saved);
            }
          }
        }
      }
    }
    return reckoning;
  }

  int attachments() {
    return sum(row -> row.attachments);
  }

  String inOneLine() {
    return String.format(
        "%d messages, %d attachments: %d processed, %d skipped, %d failed, %d open",
        sum(row -> row.messages),
        attachments(),
        sum(row -> row.processed),
        sum(Row::skipped),
        sum(row -> row.failed),
        sum(row -> row.open));
  }

  private int sum(ToIntFunction<Row> column) {
    return byMailbox.values().stream().mapToInt(column).sum();
  }

  private static String key(String messageId, String attachmentId) {
    return messageId + ' ' + attachmentId;
  }

  private void add(
      Row row,
      String place,
      @Nullable String sha256,
      @Nullable Recorded recorded,
      Map<String, Path> saved)
      throws IOException {
    row.attachments++;
    if (recorded == null) {
      row.open++;
      problems.add("no outcome: " + place);
      return;
    }
    switch (recorded.outcome()) {
      case "skipped" ->
          row.skippedByReason.merge(String.valueOf(recorded.reason()), 1, Integer::sum);
      case "failed" -> row.failed++;
      default -> addEnqueued(row, place, sha256, recorded, saved);
    }
  }

  private void addEnqueued(
      Row row, String place, @Nullable String sha256, Recorded recorded, Map<String, Path> saved)
      throws IOException {
    Path file = recorded.taskId() == null ? null : saved.get(recorded.taskId());
    if (file == null) {
      row.open++;
      problems.add("not processed: " + place);
    } else if (SavedFiles.sha256(file).equals(sha256)) {
      row.processed++;
    } else {
      row.failed++;
      problems.add("wrong bytes: " + place);
    }
  }
}
