package io.emailmonitor.monitor.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the page shows, in parts, each as JSON and with a number that grows when the part changes.
 * However many look, it is put together once. Safe for use by several threads.
 */
final class Board {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  /** A part as it was last put together. */
  record Part(String name, long version, String json) {}

  private static final class Slot {
    final String name;
    final Paced<Object> content;
    volatile Part latest;

    Slot(String name, Paced<Object> content) {
      this.name = name;
      this.content = content;
      this.latest = new Part(name, 0, "null");
    }
  }

  private final ObjectMapper mapper;
  private final List<Slot> slots = new ArrayList<>();
  private final ReentrantLock refreshing = new ReentrantLock();

  Board(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Adds a part that is put together again after a pause. Before the first look only. */
  Board with(String name, Duration pause, Supplier<Object> content) {
    slots.add(new Slot(name, new Paced<>(pause, content)));
    return this;
  }

  /**
   * Brings the parts up to date. Whoever comes while another does so waits only if there is nothing
   * to show yet.
   */
  void refresh() {
    boolean first = slots.stream().anyMatch(slot -> slot.latest.version() == 0);
    if (first) {
      refreshing.lock();
    } else if (!refreshing.tryLock()) {
      return;
    }
    try {
      slots.forEach(this::refresh);
    } finally {
      refreshing.unlock();
    }
  }

  private void refresh(Slot slot) {
    String json = json(content(slot));
    if (slot.latest.version() == 0 || !json.equals(slot.latest.json())) {
      slot.latest = new Part(slot.name, slot.latest.version() + 1, json);
    }
  }

  /** A part that cannot be had says so, and leaves the others alone. */
  private static Object content(Slot slot) {
    try {
      return slot.content.get();
    } catch (RuntimeException e) {
      LOG.debug("{} cannot be shown", slot.name, e);
      return Map.of("problem", String.valueOf(e.getMessage()));
    }
  }

  private String json(Object content) {
    try {
      return mapper.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts as they are, in their order. */
  List<Part> parts() {
    return slots.stream().map(slot -> slot.latest).toList();
  }
}
