package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;

/** Judges mailboxes: those that are not wanted are not read at all. Immutable. */
public final class MailboxFilter {
  private final List<PatternRule> rules;

  MailboxFilter(Patterns patterns) {
    this.rules = PatternRule.of(Facet.MAILBOXES, patterns);
  }

  public Verdict judge(Mailbox mailbox) {
    return explain(mailbox).verdict();
  }

  public Explanation explain(Mailbox mailbox) {
    return new Explanation(
        rules.stream()
            .map(rule -> Opinion.of(rule.setting(), rule.objection(mailbox.address())))
            .toList(),
        false);
  }
}
