package io.emailmonitor.simulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which of the matching requests a fault befalls.
 *
 * @param after how many are spared first
 * @param times how many it befalls; null for no end
 * @param probability that it befalls one. Drawn from the seed, the path and how often the path was
 *     asked for, so the same requests are hit in every run, in whatever order they come.
 * @param perPath whether {@code after} and {@code times} are counted for each path by itself
 * @param from how long after the rule was made it begins, on the simulator's clock
 * @param until how long after the rule was made it ends; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record When(
    Integer after,
    @Nullable Integer times,
    Double probability,
    Boolean perPath,
    Duration from,
    @Nullable Duration until) {

  public static final When ALWAYS = new When(0, null, 1.0, false, Duration.ZERO, null);

  public When {
    after = after == null ? 0 : after;
    probability = probability == null ? 1.0 : probability;
    perPath = perPath != null && perPath;
    from = from == null ? Duration.ZERO : from;
    if (after < 0 || (times != null && times < 1)) {
      throw new IllegalArgumentException("'after' must be at least 0 and 'times' at least 1");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "'probability' must be above 0 and at most 1, but was " + probability);
    }
  }

  public When after(int spared) {
    return new When(spared, times, probability, perPath, from, until);
  }

  public When times(int most) {
    return new When(after, most, probability, perPath, from, until);
  }

  public When probability(double share) {
    return new When(after, times, share, perPath, from, until);
  }

  public When forEachPath() {
    return new When(after, times, probability, true, from, until);
  }

  public When between(Duration start, Duration end) {
    return new When(after, times, probability, perPath, start, end);
  }
}
