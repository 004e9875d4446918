package io.emailmonitor.monitor;

import io.dropwizard.util.DataSize;
import io.emailmonitor.monitor.filter.Facet;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which attachments are wanted, by patterns separated by commas, and by their least size. */
public record RulesSection(
    @Nullable String includeFiles,
    @Nullable String excludeFiles,
    @Nullable String includeSenders,
    @Nullable String excludeSenders,
    @Nullable String includeSubjects,
    @Nullable String excludeSubjects,
    @Nullable String includeMailboxes,
    @Nullable String excludeMailboxes,
    DataSize minAttachmentSize) {

  PatternRules patterns() {
    return new PatternRules(
        patterns(includeFiles, excludeFiles),
        patterns(includeSenders, excludeSenders),
        patterns(includeSubjects, excludeSubjects),
        patterns(includeMailboxes, excludeMailboxes),
        minAttachmentSize.toBytes());
  }

  private static Patterns patterns(@Nullable String include, @Nullable String exclude) {
    return new Patterns(MailSection.split(include), MailSection.split(exclude));
  }

  void check(Problems problems, DataSize maxAttachmentSize) {
    String names = "patterns such as *invoice*.pdf, separated by commas";
    check(problems, Facet.FILES, patterns(includeFiles, excludeFiles), names);
    String addresses = "patterns of whole addresses, such as *@partner.org, separated by commas";
    check(problems, Facet.SENDERS, patterns(includeSenders, excludeSenders), addresses);
    String subjects = "patterns of whole subjects, such as *invoice*, separated by commas";
    check(problems, Facet.SUBJECTS, patterns(includeSubjects, excludeSubjects), subjects);
    check(problems, Facet.MAILBOXES, patterns(includeMailboxes, excludeMailboxes), addresses);
    if (minAttachmentSize.toBytes() > maxAttachmentSize.toBytes()) {
      problems.add(
          "rules.minAttachmentSize",
          "is " + minAttachmentSize.toBytes() + " bytes",
          "at most MAX_ATTACHMENT_SIZE, " + maxAttachmentSize.toBytes() + " bytes");
    }
  }

  private static void check(Problems problems, Facet facet, Patterns patterns, String allowed) {
    String key = facet.name().charAt(0) + facet.name().substring(1).toLowerCase(Locale.ROOT);
    for (String pattern : patterns.include()) {
      check(problems, "rules.include" + key, facet, pattern, false, allowed);
    }
    for (String pattern : patterns.exclude()) {
      check(problems, "rules.exclude" + key, facet, pattern, true, allowed);
    }
  }

  private static void check(
      Problems problems,
      String key,
      Facet facet,
      String pattern,
      boolean excluding,
      String allowed) {
    try {
      facet.check(pattern, excluding);
    } catch (IllegalArgumentException e) {
      problems.add(key, "contains \"" + pattern + "\", which " + e.getMessage(), allowed);
    }
  }
}
