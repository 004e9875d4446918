package io.emailmonitor.monitor.filter;

import java.util.List;

/**
 * What every rule says of one thing, in the order in which they are asked.
 *
 * @param opened whether it is looked into, so that rules about files judge what it holds
 */
public record Explanation(List<Opinion> opinions, boolean opened) {
  public Explanation {
    opinions = List.copyOf(opinions);
  }

  /** What comes of it: the first objection, or none. */
  public Verdict verdict() {
    return opinions.stream()
        .map(Opinion::verdict)
        .filter(Verdict.Reject.class::isInstance)
        .findFirst()
        .orElseGet(Verdict.Accept::new);
  }
}
