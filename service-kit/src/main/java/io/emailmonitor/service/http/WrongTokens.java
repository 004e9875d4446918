package io.emailmonitor.service.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by address, so that nobody can try many. Of so many addresses that memory
 * would grow with them, the later ones share one count. Safe for use by several threads.
 */
final class WrongTokens {
  static final int MOST = 10;
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int ADDRESSES = 1000;

  private static final String ALL_OTHERS = "";

  private static final class Count {
    final Instant since;
    int wrong;

    Count(Instant since) {
      this.since = since;
    }
  }

  private final InstantSource clock;

  /** In the order of their beginnings. */
  private final Map<String, Count> counts = new LinkedHashMap<>();

  WrongTokens(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes note of an attempt; false if there were too many wrong ones, whether it was right or not:
   * nobody learns any more then which one is right.
   */
  synchronized boolean accepts(String address, boolean right) {
    forgetOld();
    Count count = counts.get(key(address));
    if (count != null && count.wrong >= MOST) {
      return false;
    }
    if (!right) {
      counts.computeIfAbsent(key(address), a -> new Count(clock.instant())).wrong++;
    }
    return true;
  }

  private String key(String address) {
    String network = network(address);
    return counts.containsKey(network) || counts.size() < ADDRESSES ? network : ALL_OTHERS;
  }

  /** Whoever has one IPv6 address has all of its 64-bit network. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length == 8 ? String.join(":", Arrays.copyOf(groups, 4)) : address;
  }

  private void forgetOld() {
    Instant expired = clock.instant().minus(WINDOW);
    Iterator<Count> eldest = counts.values().iterator();
    while (eldest.hasNext() && !eldest.next().since.isAfter(expired)) {
      eldest.remove();
    }
  }
}
