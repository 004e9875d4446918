package io.emailmonitor.monitor;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.intake.IntakeSettings;
import io.emailmonitor.monitor.intake.Reconciliation;
import io.emailmonitor.monitor.intake.Slice;
import io.emailmonitor.monitor.mailbox.FolderName;
import io.emailmonitor.monitor.mailbox.FollowUp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is watched and which attachments are wanted; lists are separated by commas. */
public record MailSection(
    @Nullable String groups,
    String folders,
    String fileTypes,
    TypesBy fileTypesBy,
    String unpack,
    @Nullable String senderAllowlist,
    InlinePolicy inlineAttachments,
    DataSize maxAttachmentSize,
    Duration pollInterval,
    String reconcileInterval,
    Duration reconcileWindow) {

  /** What decides of which type a file is. */
  public enum TypesBy {
    /** The ending of its name. */
    NAME,
    /** Its first bytes. */
    CONTENT
  }

  /** Base64 of more would not fit one Redis item, which may hold 512 MB. */
  private static final DataSize LARGEST = DataSize.mebibytes(380);

  private static final Pattern ADDRESS_OR_DOMAIN =
      Pattern.compile("([^@\\s]+@)?[^@\\s.]+(\\.[^@\\s.]+)+");
  private static final Map<String, Set<Format>> FORMATS =
      Map.of(
          "tnef", Set.of(Format.TNEF),
          "smime", Set.of(Format.SMIME),
          "messages", Set.of(Format.MESSAGE),
          "none", Set.of());
  private static final Pattern FORMAT = Pattern.compile("(?i)tnef|smime|messages|none");
  private static final Pattern FILE_TYPE =
      Pattern.compile("\\*|\\*?\\.?[\\p{L}\\p{N}_+~-]+(\\.[\\p{L}\\p{N}_+~-]+)*");

  FilterSettings filter(PatternRules patterns) {
    return new FilterSettings(
        split(fileTypes),
        fileTypesBy == TypesBy.CONTENT,
        maxAttachmentSize.toBytes(),
        split(senderAllowlist),
        inlineAttachments,
        patterns,
        opened());
  }

  IntakeSettings intake(Duration historyRetention, FollowUp followUp) {
    return new IntakeSettings(
        split(groups),
        split(folders),
        pollInterval.toJavaDuration(),
        IntakeSettings.DEFAULT_MAILBOXES_AT_ONCE,
        IntakeSettings.defaultBytesInFlight(),
        Math.toIntExact(maxAttachmentSize.toBytes()),
        historyRetention.toJavaDuration(),
        new Reconciliation(DurationOrZero.of(reconcileInterval), reconcileWindow.toJavaDuration()),
        Slice.STANDARD,
        followUp);
  }

  private Set<Format> opened() {
    return split(unpack).stream()
        .map(word -> FORMATS.get(word.toLowerCase(Locale.ROOT)))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  void check(Problems problems) {
    String groupsAllowed =
        "domains, groups' addresses and mailboxes, such as company.com,invoices@partner.org";
    checkList(problems, "mail.groups", groups, ADDRESS_OR_DOMAIN, groupsAllowed);
    checkFolders(problems);
    String typesAllowed = "extensions separated by commas, such as .pdf,.docx, or * for all";
    checkList(problems, "mail.fileTypes", fileTypes, FILE_TYPE, typesAllowed);
    String formats = "a list of tnef, smime and messages, or none";
    checkList(problems, "mail.unpack", unpack, FORMAT, formats);
    if (senderAllowlist != null) {
      String sendersAllowed = "addresses and domains, such as partner.org,jo@company.com";
      checkList(
          problems, "mail.senderAllowlist", senderAllowlist, ADDRESS_OR_DOMAIN, sendersAllowed);
    }
    checkNumbers(problems);
  }

  private void checkFolders(Problems problems) {
    String key = "mail.folders";
    String allowed = "folders' names and paths, such as inbox, Inbox/Invoices or Inbox/**";
    if (split(folders).isEmpty()) {
      problems.missing(key, allowed);
    }
    for (String folder : split(folders)) {
      try {
        FolderName.of(folder);
      } catch (IllegalArgumentException e) {
        problems.add(key, "contains \"" + folder + "\", which " + e.getMessage(), allowed);
      }
    }
  }

  private static void checkList(
      Problems problems, String key, @Nullable String list, Pattern wanted, String allowed) {
    List<String> entries = split(list);
    if (entries.isEmpty()) {
      problems.missing(key, allowed);
    }
    entries.stream()
        .filter(entry -> !wanted.matcher(entry).matches())
        .findFirst()
        .ifPresent(entry -> problems.add(key, "contains \"" + entry + "\"", allowed));
  }

  private void checkNumbers(Problems problems) {
    long bytes = maxAttachmentSize.toBytes();
    if (bytes < 1 || bytes > LARGEST.toBytes()) {
      problems.add(
          "mail.maxAttachmentSize",
          "is " + bytes + " bytes",
          "1 to " + LARGEST.toBytes() + " bytes");
    }
    if (pollInterval.toMilliseconds() < 1000) {
      problems.add("mail.pollInterval", "is " + pollInterval, "at least 1s");
    }
    checkReconciliation(problems);
  }

  private void checkReconciliation(Problems problems) {
    DurationOrZero.check(
        problems,
        "mail.reconcileInterval",
        reconcileInterval,
        java.time.Duration.ofHours(1),
        "at least 1h, such as 24h or 7d, or 0 for never");
    if (reconcileWindow.toHours() < 1) {
      problems.add("mail.reconcileWindow", "is " + reconcileWindow, "at least 1h");
    }
  }

  static List<String> split(@Nullable String list) {
    return list == null
        ? List.of()
        : Stream.of(list.split(",")).map(String::strip).filter(e -> !e.isEmpty()).toList();
  }
}
