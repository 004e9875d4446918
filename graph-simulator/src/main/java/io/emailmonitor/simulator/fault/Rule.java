package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.store.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A fault in force: it counts, and decides whom it befalls. Safe for any number of threads. */
final class Rule {

  private final int number;
  private final Fault fault;
  private final long seed;
  private final Clock clock;
  private final Instant made;
  private final @Nullable Pattern path;
  private final Map<String, Counts> byPath = new HashMap<>();
  private final Counts inAll = new Counts();

  Rule(int number, Fault fault, long seed, Clock clock) {
    this.number = number;
    this.fault = fault;
    this.seed = seed;
    this.clock = clock;
    this.made = clock.instant();
    String glob = fault.match().path();
    this.path = glob == null ? null : pattern(glob);
  }

  String id() {
    return Integer.toString(number);
  }

  Fault fault() {
    return fault;
  }

  synchronized Faults.Active snapshot() {
    return new Faults.Active(id(), fault, inAll.matched, inAll.befallen);
  }

  /** Whether this request is one that it befalls; it counts it. */
  synchronized boolean befalls(Scene scene) {
    if (!matches(scene) || !isTime()) {
      return false;
    }
    When when = fault.when();
    String key = scene.request().method() + ' ' + scene.target().path();
    boolean remembers = when.perPath() || when.probability() < 1;
    Counts ofPath = remembers ? byPath.computeIfAbsent(key, any -> new Counts()) : inAll;
    Counts counts = when.perPath() ? ofPath : inAll;
    if (ofPath != inAll) {
      ofPath.matched++;
    }
    inAll.matched++;
    Integer times = when.times();
    boolean hit =
        counts.matched > when.after()
            && (times == null || counts.befallen < times)
            && (when.probability() == 1 || draw(key, ofPath.matched) < when.probability());
    if (hit) {
      inAll.befallen++;
      if (ofPath != inAll) {
        ofPath.befallen++;
      }
    }
    return hit;
  }

  private double draw(String key, int nth) {
    long mixed = seed ^ ((long) key.hashCode() << 32) ^ (number * 1_000_003L + nth);
    return new SplittableRandom(mixed).nextDouble();
  }

  private boolean isTime() {
    Duration age = Duration.between(made, clock.instant());
    Duration until = fault.when().until();
    return age.compareTo(fault.when().from()) >= 0 && (until == null || age.compareTo(until) < 0);
  }

  private boolean matches(Scene scene) {
    Match match = fault.match();
    return (match.method() == null || match.method().equalsIgnoreCase(scene.request().method()))
        && (path == null || path.matcher(scene.target().path()).matches())
        && (match.mailbox() == null
            || match.mailbox().equalsIgnoreCase(scene.target().address().orElse("")))
        && (match.message() == null || isAbout(scene, match.message()));
  }

  private static boolean isAbout(Scene scene, String message) {
    Message found = scene.target().message().orElse(null);
    return found != null && (found.hasId(message) || found.key().equals(message));
  }

  /** One star stands for anything but slashes, two for anything. */
  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)", -1)) {
      regex.append(
          switch (part) {
            case "*" -> "[^/]*";
            case "**" -> ".*";
            default -> Pattern.quote(part);
          });
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static final class Counts {
    private int matched;
    private int befallen;
  }
}
