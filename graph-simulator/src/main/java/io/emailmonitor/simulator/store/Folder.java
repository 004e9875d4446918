package io.emailmonitor.simulator.store;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One folder with its messages and its history. A message stands in the history once, at its latest
 * change, so paging by place neither repeats nor misses one however much happens between pages.
 * Safe for any number of threads.
 */
public final class Folder {

  private final String id;
  private volatile @Nullable Folder parent;
  private volatile String name;
  private final @Nullable String wellKnownName;
  private final boolean hidden;
  private final TreeMap<Long, Change> history = new TreeMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private final BitSet goneFromBacklog = new BitSet();
  private int backlogSize;
  private long backlogBytes;
  private IntFunction<Message> backlog =
      number -> {
        throw new IllegalArgumentException("no message " + number);
      };
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

  /** Its id, and what people and programs find under it, stays. */
  void rename(String other) {
    name = other;
  }

  void moveBelow(Folder other) {
    parent = other;
  }

  boolean isBelow(Folder other) {
    Folder above = parent;
    return this == other || (above != null && above.isBelow(other));
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
    Folder above = parent;
    return above == null || above.parent == null ? own : above.path() + '/' + own;
  }

  /** The place of the latest change. */
  public synchronized long highest() {
    return highest;
  }

  /**
   * Messages that lie here from the beginning and are made when asked for. They take the first
   * places, so nothing may have come before.
   */
  synchronized void begin(int size, long bytes, IntFunction<Message> messages) {
    if (highest > 0) {
      throw new IllegalStateException("the folder " + path() + " is not empty");
    }
    backlog = messages;
    backlogSize = size;
    backlogBytes = bytes;
    highest = size;
  }

  /** A message of the beginning as it was then, unless something happened to it since. */
  synchronized Optional<Message> untouched(int number) {
    return number > 0 && number <= backlogSize && !goneFromBacklog.get(number)
        ? Optional.of(backlog.apply(number))
        : Optional.empty();
  }

  /** In the order in which they came or last changed. */
  public synchronized List<Message> messages() {
    return present().toList();
  }

  /** One after the other, for folders whose messages would be too much at once. */
  public synchronized void forEachMessage(Consumer<Message> action) {
    present().forEach(action);
  }

  private Stream<Message> present() {
    return stream(0, Long.MAX_VALUE, false)
        .filter(change -> !change.removed())
        .map(Change::message);
  }

  /** What is in it, without making what is not made. */
  public synchronized Holdings holdings() {
    int untouched = backlogSize - goneFromBacklog.cardinality();
    int total = untouched;
    int unread = untouched;
    long bytes = backlogSize == 0 ? 0 : backlogBytes / backlogSize * untouched;
    for (Change change : history.values()) {
      if (!change.removed()) {
        total++;
        unread += change.message().read() ? 0 : 1;
        bytes += change.message().mail().source().size();
      }
    }
    return new Holdings(total, unread, bytes);
  }

  /** How much is in a folder. */
  public record Holdings(int total, int unread, long bytes) {}

  /**
   * Changes after one place and up to another that pass the filter, oldest first or, {@code
   * backwards}, newest first.
   */
  public synchronized List<Change> changes(
      long after, long upTo, boolean backwards, int limit, Predicate<Change> filter) {
    return after >= upTo
        ? List.of()
        : stream(after, upTo, backwards).filter(filter).limit(limit).toList();
  }

  private Stream<Change> stream(long after, long upTo, boolean backwards) {
    NavigableMap<Long, Change> later = history.subMap(after, false, upTo, true);
    int from = (int) Math.min(after + 1, backlogSize + 1L);
    int to = (int) Math.min(upTo, backlogSize);
    IntStream places = IntStream.rangeClosed(from, to);
    Stream<Change> first =
        (backwards ? places.map(place -> to - place + from) : places)
            .filter(place -> !goneFromBacklog.get(place))
            .mapToObj(place -> new Change(place, place, place, 0, backlog.apply(place), false));
    return backwards
        ? Stream.concat(later.descendingMap().values().stream(), first)
        : Stream.concat(first, later.values().stream());
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
    @Nullable Change earlier = before == null ? backlogged(message) : history.remove(before);
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

  private @Nullable Change backlogged(Message message) {
    int place = backlogSize == 0 ? 0 : BacklogKey.number(message.key());
    if (place == 0) {
      return null;
    }
    goneFromBacklog.set(place);
    return new Change(place, place, place, 0, message, false);
  }
}
