package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.FolderName;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which folders the configured names stand for in each mailbox, looked up from time to time:
 * folders come, go, and are called otherwise. What the names say decides, so a folder that gets
 * another name is not read any more, and what gets its name is. Safe for several threads, each with
 * another mailbox.
 */
final class FolderList {
  static final Duration REFRESH = Duration.ofMinutes(10);

  /**
   * What was found.
   *
   * @param problems which names lead nowhere, in words
   */
  record Found(List<MailFolder> folders, List<String> problems, Instant at) {
    Found {
      folders = List.copyOf(folders);
      problems = List.copyOf(problems);
    }
  }

  private final MailSource source;
  private final List<FolderName> names;
  private final Clock clock;
  private final Map<Mailbox, Found> latest = new ConcurrentHashMap<>();

  FolderList(MailSource source, List<String> names, Clock clock) {
    this.source = source;
    this.names = names.stream().distinct().map(FolderName::of).toList();
    this.clock = clock;
  }

  /**
   * Each folder once. While they cannot be looked up, the last known ones stay.
   *
   * @throws MailSourceException if none are known, or the failure says something about the whole
   *     mailbox
   */
  Found of(Mailbox mailbox) {
    Found known = latest.get(mailbox);
    Instant now = clock.instant();
    if (known != null && !isOld(known, now)) {
      return known;
    }
    try {
      Found found = find(mailbox, now);
      latest.put(mailbox, found);
      return found;
    } catch (MailSourceException e) {
      if (known == null || Stop.of(e).isPresent()) {
        throw e;
      }
      return known;
    }
  }

  /** The last known ones. */
  List<MailFolder> known(Mailbox mailbox) {
    return Optional.ofNullable(latest.get(mailbox)).map(Found::folders).orElse(List.of());
  }

  /** Lets them be looked up at the next visit, whenever they were last. */
  void expire(Mailbox mailbox) {
    latest.computeIfPresent(
        mailbox, (box, found) -> new Found(found.folders(), found.problems(), Instant.MIN));
  }

  private static boolean isOld(Found known, Instant now) {
    // One from the future is from before the clock was put back.
    return known.at().isAfter(now) || !now.isBefore(known.at().plus(REFRESH));
  }

  private Found find(Mailbox mailbox, Instant now) {
    Map<String, MailFolder> byId = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (FolderName name : names) {
      try {
        name.find(source, mailbox).forEach(folder -> byId.putIfAbsent(folder.id(), folder));
      } catch (MailSourceException e) {
        if (e.kind() != Kind.FOLDER_GONE && e.kind() != Kind.REJECTED) {
          throw e;
        }
        problems.add(problem(name, e));
      }
    }
    return new Found(List.copyOf(byId.values()), problems, now);
  }

  private static String problem(FolderName name, MailSourceException e) {
    return "folder '%s': %s; looked for again every %d minutes"
        .formatted(name.path(), Failure.words(e), REFRESH.toMinutes());
  }
}
