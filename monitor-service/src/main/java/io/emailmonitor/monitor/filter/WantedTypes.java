package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.content.ContentTypes;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Only files of certain types are taken: those whose names have certain endings, or those whose
 * content is what such endings stand for.
 */
final class WantedTypes implements Rule {
  private static final String ALL = "*";

  private final Set<String> endings;
  private final boolean byContent;
  private final ContentTypes types = new ContentTypes();

  WantedTypes(List<String> fileTypes, boolean byContent) {
    this.byContent = byContent;
    endings =
        fileTypes.stream()
            .filter(type -> !type.isBlank())
            .map(WantedTypes::ending)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** People write {@code pdf}, {@code .PDF} and {@code *.pdf} and mean the same. */
  private static String ending(String fileType) {
    String type = fileType.strip().toLowerCase(Locale.ROOT);
    if (type.equals(ALL) || type.equals("*.*")) {
      return ALL;
    }
    String bare = type.startsWith(ALL) ? type.substring(1) : type;
    return bare.startsWith(".") ? bare : "." + bare;
  }

  @Override
  public String name() {
    return "FILE_TYPES";
  }

  @Override
  public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
    boolean later = byContent && attachment.kind() == Attachment.Kind.FILE;
    if (later || endings.contains(ALL) || FileEnding.isOneOf(endings, attachment)) {
      return Optional.empty();
    }
    return byName(attachment);
  }

  /** What it holds is of no less interest when it is in an unwanted wrapping. */
  @Override
  public Scope scope() {
    return Scope.CLOSED;
  }

  /** When the content decides, and only then, it may be against what it had nothing against. */
  Optional<Verdict.Reject> objectionToContent(Attachment attachment, @Nullable String detected) {
    if (!byContent || endings.contains(ALL) || attachment.kind() != Attachment.Kind.FILE) {
      return Optional.empty();
    }
    if (detected == null) {
      return FileEnding.isOneOf(endings, attachment) ? Optional.empty() : byName(attachment);
    }
    return types.isOneOf(endings, attachment.name(), detected)
        ? Optional.empty()
        : reject("'" + detected + "', by its content,");
  }

  private Optional<Verdict.Reject> byName(Attachment attachment) {
    String ending = FileEnding.of(attachment);
    String what = ending.isEmpty() ? "a name without an ending" : "'" + ending + "'";
    return reject(what);
  }

  private Optional<Verdict.Reject> reject(String what) {
    return Optional.of(
        new Verdict.Reject(
            name(), Reason.TYPE_NOT_WANTED, what + " is not among the wanted file types"));
  }
}
