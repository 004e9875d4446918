package io.emailmonitor.queue;

import java.util.List;

/**
 * What the server that holds the queue says about itself.
 *
 * @param server where it is, without credentials, as in {@code redis://127.0.0.1:6379/0}
 * @param version its name and version
 * @param usedBytes memory in use
 * @param maxBytes its {@code maxmemory}, 0 for no limit
 * @param evictionPolicy what it does when that memory is full
 * @param persistence {@code aof}, {@code rdb}, {@code aof+rdb}, {@code none} or {@code unknown}
 * @param problems what endangers tasks and must be changed, in words; empty when all is well
 * @param warnings what should be known, in words
 */
public record QueueHealth(
    String server,
    String version,
    long usedBytes,
    long maxBytes,
    String evictionPolicy,
    String persistence,
    List<String> problems,
    List<String> warnings) {

  public QueueHealth {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
