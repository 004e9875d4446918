package io.emailmonitor.simulator.fault;

/**
 * One thing that goes wrong.
 *
 * @param match which requests it can befall; all when not given
 * @param when which of those it does befall; each when not given
 */
public record Fault(Match match, When when, Effect effect) {

  public Fault {
    match = match == null ? Match.ALL : match;
    when = when == null ? When.ALWAYS : when;
    if (effect == null) {
      throw new IllegalArgumentException(
          "a fault needs an effect such as {\"type\": \"delay\", \"time\": \"2s\"}");
    }
  }

  /** Befalls every request that matches. */
  public static Fault always(Match match, Effect effect) {
    return new Fault(match, When.ALWAYS, effect);
  }

  /** Befalls the first of the requests that match. */
  public static Fault times(int times, Match match, Effect effect) {
    return new Fault(match, When.ALWAYS.times(times), effect);
  }
}
