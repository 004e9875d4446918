package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import java.util.Optional;
import java.util.function.BiFunction;

/** One reason to turn attachments away. */
interface Rule {
  /** By what name operators know it: mostly the setting's. */
  String name();

  /** Empty when this rule has nothing against it. */
  Optional<Verdict.Reject> objection(Mail mail, Attachment attachment);

  /** One that looks at a text. */
  static Rule of(PatternRule patterns, BiFunction<Mail, Attachment, String> text) {
    return new Rule() {
      @Override
      public String name() {
        return patterns.setting();
      }

      @Override
      public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
        return patterns.objection(text.apply(mail, attachment));
      }
    };
  }
}
