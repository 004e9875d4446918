package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Only files whose names have certain endings are taken. */
final class WantedTypes implements Rule {
  private static final String ALL = "*";

  private final Set<String> endings;

  WantedTypes(List<String> fileTypes) {
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
    if (endings.contains(ALL) || FileEnding.isOneOf(endings, attachment)) {
      return Optional.empty();
    }
    String ending = FileEnding.of(attachment);
    String what = ending.isEmpty() ? "a name without an ending" : "'" + ending + "'";
    return Optional.of(
        new Verdict.Reject(
            name(), Reason.TYPE_NOT_WANTED, what + " is not among the wanted file types"));
  }
}
