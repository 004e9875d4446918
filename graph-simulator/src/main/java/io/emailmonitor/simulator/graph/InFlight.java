package io.emailmonitor.simulator.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the requests that are being answered, per mailbox. Safe for any number of threads. */
public final class InFlight {

  private final Map<String, Counts> byMailbox = new HashMap<>();

  public synchronized void enter(String mailbox) {
    Counts counts = byMailbox.computeIfAbsent(mailbox, key -> new Counts());
    counts.requests++;
    counts.now++;
    counts.most = Math.max(counts.most, counts.now);
  }

  public synchronized void leave(String mailbox) {
    byMailbox.computeIfAbsent(mailbox, key -> new Counts()).now--;
  }

  /** The most that were in flight at the same time. */
  public synchronized int most(String mailbox) {
    Counts counts = byMailbox.get(mailbox);
    return counts == null ? 0 : counts.most;
  }

  /** How many there were in all. */
  public synchronized long requests(String mailbox) {
    Counts counts = byMailbox.get(mailbox);
    return counts == null ? 0 : counts.requests;
  }

  /** By mailbox. */
  public synchronized Map<String, Snapshot> all() {
    Map<String, Snapshot> all = new TreeMap<>();
    byMailbox.forEach(
        (mailbox, counts) -> all.put(mailbox, new Snapshot(counts.requests, counts.most)));
    return all;
  }

  /** What was asked of one mailbox so far. */
  public record Snapshot(long requests, int maxInFlight) {}

  private static final class Counts {
    private int now;
    private int most;
    private long requests;
  }
}
