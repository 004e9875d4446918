package io.emailmonitor.simulator.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One folder with its messages and its history. A message stands in the history once, at its latest
 * change, so paging by place neither repeats nor misses one however much happens between pages.
 * Safe for any number of threads.
 */
public final class Folder {

  private final String id;
  private final @Nullable Folder parent;
  private final String name;
  private final @Nullable String wellKnownName;
  private final boolean hidden;
  private final TreeMap<Long, Change> history = new TreeMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private long highest;

  Folder(
      String id,
      @Nullable Folder parent,
      String name,
      @Nullable String wellKnownName,
      boolean hidden) {
    this.id = id;
    this.parent = parent;
    this.name = name;
    this.wellKnownName = wellKnownName;
    this.hidden = hidden;
  }

  public String id() {
    return id;
  }

  /** Null for the root only. */
  public @Nullable Folder parent() {
    return parent;
  }

  public String name() {
    return name;
  }

  public @Nullable String wellKnownName() {
    return wellKnownName;
  }

  public boolean hidden() {
    return hidden;
  }

  /** From the root's child down, joined by slashes; the well-known name where there is one. */
  public String path() {
    String own = wellKnownName == null ? name : wellKnownName;
    return parent == null || parent.parent == null ? own : parent.path() + '/' + own;
  }

  /** The place of the latest change. */
  public synchronized long highest() {
    return highest;
  }

  /** In the order in which they came or last changed. */
  public synchronized List<Message> messages() {
    List<Message> present = new ArrayList<>();
    for (Change change : history.values()) {
      if (!change.removed()) {
        present.add(change.message());
      }
    }
    return present;
  }

  /**
   * Changes after one place and up to another that pass the filter, oldest first or, {@code
   * backwards}, newest first.
   */
  public synchronized List<Change> changes(
      long after, long upTo, boolean backwards, int limit, Predicate<Change> filter) {
    List<Change> page = new ArrayList<>();
    if (after < upTo) {
      var between = history.subMap(after, false, upTo, true);
      Collection<Change> ordered = (backwards ? between.descendingMap() : between).values();
      for (Change change : ordered) {
        if (page.size() == limit) {
          break;
        }
        if (filter.test(change)) {
          page.add(change);
        }
      }
    }
    return page;
  }

  synchronized void put(Message message) {
    record(message, false);
  }

  synchronized void remove(Message message) {
    record(message, true);
  }

  private void record(Message message, boolean removed) {
    highest++;
    Long before = places.put(message.id(), highest);
    @Nullable Change earlier = before == null ? null : history.remove(before);
    history.put(
        highest,
        earlier == null
            ? new Change(highest, highest, highest, 0, message, removed)
            : new Change(
                highest,
                earlier.removed() ? highest : earlier.since(),
                earlier.first(),
                earlier.removed() && !removed ? earlier.at() : earlier.left(),
                message,
                removed));
  }
}
