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

  /** Whether it also speaks of what is only there to carry others. */
  default boolean concernsWrappers() {
    return true;
  }

  /** One that looks at a text of the message. */
  static Rule of(PatternRule patterns, BiFunction<Mail, Attachment, String> text) {
    return of(patterns, text, true);
  }

  /** One that looks at the attachment's name. */
  static Rule ofFiles(PatternRule patterns) {
    return of(patterns, (mail, attachment) -> attachment.name(), false);
  }

  private static Rule of(
      PatternRule patterns, BiFunction<Mail, Attachment, String> text, boolean concernsWrappers) {
    return new Rule() {
      @Override
      public String name() {
        return patterns.setting();
      }

      @Override
      public boolean concernsWrappers() {
        return concernsWrappers;
      }

      @Override
      public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
        return patterns.objection(text.apply(mail, attachment));
      }
    };
  }
}
