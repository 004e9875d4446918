package io.emailmonitor.simulator.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which delta links are still good. Exchange remembers only the latest few states of a reader, so
 * an old link dies even when nothing else happened. Safe for any number of threads.
 */
public final class SyncStates {

  private static final int MOST_CHAINS = 10_000;

  private final int kept;
  private final Map<String, Integer> highest =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_CHAINS;
        }
      };

  /**
   * @param kept how many of a reader's latest links work
   */
  public SyncStates(int kept) {
    this.kept = kept;
  }

  synchronized String newChain(String feed) {
    String chain = UUID.randomUUID().toString().substring(0, 8);
    highest.put(feed + chain, 0);
    return chain;
  }

  /** Notes that this link was given out. */
  synchronized void issued(DeltaToken token) {
    highest.merge(token.feed() + token.chain(), token.generation(), Math::max);
  }

  synchronized boolean isGood(DeltaToken token) {
    Integer newest = highest.get(token.feed() + token.chain());
    return newest != null && token.generation() > newest - kept;
  }

  /** All links of a folder that were given out so far stop working. */
  public synchronized void forget(String feed) {
    highest.keySet().removeIf(key -> key.startsWith(feed));
  }

  synchronized String describe(DeltaToken token) {
    Integer newest = highest.get(token.feed() + token.chain());
    return "The sync state generation is not found; generation="
        + token.generation()
        + ";[highest="
        + (newest == null ? 0 : newest)
        + "].";
  }
}
