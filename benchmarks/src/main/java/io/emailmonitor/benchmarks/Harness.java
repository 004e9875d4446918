package io.emailmonitor.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The conversation with the harness: ready, go, one line of results, goodbye. For one thread. */
final class Harness {
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final List<Stamp> stamps = new ArrayList<>();

  /** Says that all is loaded and warm; returns when it is to begin. */
  void awaitGo() throws IOException {
    System.out.println("READY");
    System.out.flush();
    in.readLine();
  }

  /** Notes when a task was begun; it is put into words later, which takes time. */
  void stamp(String taskId) {
    stamps.add(new Stamp(taskId, now()));
  }

  private record Stamp(String taskId, double seconds) {
    String json() {
      return String.format(Locale.ROOT, "[\"%s\",%.9f]", taskId, seconds);
    }
  }

  /** Seconds of the machine's monotonic clock, which all contenders share. */
  static double now() {
    return System.nanoTime() / 1e9;
  }

  /** Tells what was done between two instants, and waits until that has been read. */
  void report(Tally tally, double begun, double ended) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "{\"tasks\":%d,\"bytes\":%d,\"check\":%d,\"t0\":%.9f,\"t1\":%.9f,\"stamps\":[%s]}%n",
        tally.tasks(),
        tally.bytes(),
        tally.check() & 0xFFFFFFFFL,
        begun,
        ended,
        stamps.stream().map(Stamp::json).collect(Collectors.joining(",")));
    System.out.flush();
    in.readLine();
  }

  /**
   * What was done.
   *
   * @param bytes of content, decoded
   * @param check the sum of what {@link Checked} found, modulo 2^32
   */
  record Tally(int tasks, long bytes, long check) {
    static final Tally NOTHING = new Tally(0, 0, 0);

    Tally plus(Tally more) {
      return new Tally(tasks + more.tasks, bytes + more.bytes, check + more.check);
    }
  }
}
