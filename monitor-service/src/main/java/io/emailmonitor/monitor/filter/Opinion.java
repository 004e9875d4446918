package io.emailmonitor.monitor.filter;

import java.util.Optional;

/**
 * What one rule says.
 *
 * @param rule its name, mostly a setting's
 */
public record Opinion(String rule, Verdict verdict) {
  static Opinion of(String rule, Optional<Verdict.Reject> objection) {
    return new Opinion(rule, Verdict.of(objection));
  }
}
