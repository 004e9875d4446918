package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Explanation;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules are said to say of a message is what the intake makes of it. */
class ExplainedTest {
  private static final PatternRules PATTERNS =
      new PatternRules(
          new Patterns(List.of("*e*", "smime.p7m"), List.of("*claim*", "winmail.dat")),
          new Patterns(List.of(), List.of("news*")),
          new Patterns(List.of(), List.of("*again*")),
          Patterns.ALL,
          700);

  /** Reasons that only the content can give. */
  private static final Set<String> AFTERWARDS =
      Stream.of(Reason.UNPACKED, Reason.ENCRYPTED, Reason.TOO_LARGE, Reason.TOO_SMALL)
          .map(Reason::code)
          .collect(Collectors.toSet());

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  static Stream<FilterSettings> settings() {
    Set<Format> wrappers = EnumSet.of(Format.TNEF, Format.SMIME);
    return Stream.of(
        settings(List.of(".pdf", ".docx"), PatternRules.NONE, wrappers),
        settings(List.of("*"), PATTERNS, wrappers),
        settings(List.of("*"), PATTERNS, Set.of()),
        settings(List.of(".pdf", ".csv"), PATTERNS, EnumSet.allOf(Format.class)));
  }

  private static FilterSettings settings(
      List<String> types, PatternRules patterns, Set<Format> opened) {
    return new FilterSettings(
        types, false, Station.MAX_SIZE, List.of(), InlinePolicy.AUTO, patterns, opened);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void comesTrue_forAllSamples(FilterSettings settings) throws IOException {
    AttachmentFilter filter = new AttachmentFilter(settings);
    try (GraphSimulator graph = GraphSimulator.builder().samples().build().start();
        Station station = Station.before(graph, 50, redis.open())) {
      station.fileTypes = settings.fileTypes();
      station.patterns = settings.patterns();
      station.opened = settings.opened();
      station.cycle();
      int compared = 0;
      for (MailRecord record : station.history().recent(0, 1000)) {
        Mailbox box = new Mailbox(record.mailbox());
        Mail mail = station.source.mail(box, record.mail().id());
        for (Attachment attachment : station.source.attachments(box, mail)) {
          assertThat(came(record, attachment))
              .as(attachment.name())
              .matches(outcome -> isAsSaid(outcome, filter.explain(mail, attachment)));
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(50);
    }
  }

  private static boolean isAsSaid(AttachmentRecord came, Explanation said) {
    if (said.verdict() instanceof Verdict.Reject reject) {
      return came.outcome() == Outcome.SKIPPED
          && reject.reason().code().equals(came.reason())
          && reject.detail().equals(came.detail());
    }
    return came.outcome() == Outcome.ENQUEUED
        || (came.reason() != null && AFTERWARDS.contains(came.reason()))
        || said.opened();
  }

  private static AttachmentRecord came(MailRecord record, Attachment attachment) {
    return record.attachments().stream()
        .filter(a -> a.attachmentId().equals(attachment.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no record of " + attachment.name()));
  }
}
