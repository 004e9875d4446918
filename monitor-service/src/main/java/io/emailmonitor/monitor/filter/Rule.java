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

  /** Of what it speaks. */
  default Scope scope() {
    return Scope.ALL;
  }

  /** Of what a rule speaks: attachments that hold others are more than files. */
  enum Scope {
    /** Of every attachment. */
    ALL,
    /** Of what stays whole, be it because it could not be opened. */
    WHOLE,
    /** Only of what was never to be opened, or is in order but must stay closed. */
    CLOSED
  }

  /** One that looks at a text of the message. */
  static Rule of(PatternRule patterns, BiFunction<Mail, Attachment, String> text) {
    return of(patterns, text, Scope.ALL);
  }

  /**
   * One that looks at the attachment's name. That {@code winmail.dat} is not the name of a wanted
   * file says nothing of what is in it; but who excludes that name does not want it.
   */
  static Rule ofFiles(PatternRule patterns) {
    return of(
        patterns,
        (mail, attachment) -> attachment.name(),
        patterns.isIncluding() ? Scope.CLOSED : Scope.WHOLE);
  }

  private static Rule of(
      PatternRule patterns, BiFunction<Mail, Attachment, String> text, Scope scope) {
    return new Rule() {
      @Override
      public String name() {
        return patterns.setting();
      }

      @Override
      public Scope scope() {
        return scope;
      }

      @Override
      public Optional<Verdict.Reject> objection(Mail mail, Attachment attachment) {
        return patterns.objection(text.apply(mail, attachment));
      }
    };
  }
}
