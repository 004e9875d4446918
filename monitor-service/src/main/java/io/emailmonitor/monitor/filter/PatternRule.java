package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.ledger.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one setting with patterns says of a text. Immutable. */
final class PatternRule {
  private final Facet facet;
  private final boolean including;
  private final List<Glob> globs;

  private PatternRule(Facet facet, boolean including, List<String> patterns) {
    this.facet = facet;
    this.including = including;
    this.globs = patterns.stream().map(Glob::of).toList();
  }

  /** Those that are set. */
  static List<PatternRule> of(Facet facet, Patterns patterns) {
    List<PatternRule> rules = new ArrayList<>();
    if (!patterns.include().isEmpty()) {
      rules.add(new PatternRule(facet, true, patterns.include()));
    }
    if (!patterns.exclude().isEmpty()) {
      rules.add(new PatternRule(facet, false, patterns.exclude()));
    }
    return rules;
  }

  boolean isIncluding() {
    return including;
  }

  String setting() {
    return including ? facet.include() : facet.exclude();
  }

  Optional<Verdict.Reject> objection(String text) {
    Optional<Glob> match = globs.stream().filter(glob -> glob.matches(text)).findFirst();
    if (match.isPresent() == including) {
      return Optional.empty();
    }
    Reason reason = including ? facet.notIncluded : facet.excluded;
    String why =
        match
            .map(glob -> facet.words + " matches " + glob)
            .orElse(facet.words + " matches none of " + globs);
    return Optional.of(new Verdict.Reject(setting(), reason, why));
  }
}
