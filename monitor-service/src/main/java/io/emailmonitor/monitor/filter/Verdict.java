package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import java.util.Optional;

/** Whether an attachment is wanted. */
public sealed interface Verdict {
  static Verdict of(Optional<Reject> objection) {
    return objection.isPresent() ? objection.get() : new Accept();
  }

  /** It is to be fetched. */
  record Accept() implements Verdict {}

  /**
   * It is left alone.
   *
   * @param rule the name of the rule that says so, mostly a setting's
   * @param why in words, for whoever asks why this attachment was not taken
   */
  record Reject(String rule, Reason reason, String why) implements Verdict {
    /** The rule and what it says. */
    public String detail() {
      return rule + ": " + why;
    }
  }
}
