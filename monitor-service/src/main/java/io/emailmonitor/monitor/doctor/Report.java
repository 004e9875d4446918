package io.emailmonitor.monitor.doctor;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/** Prints findings as they come, a line for each, and counts them. */
public final class Report {
  private static final String INDENT = " ".repeat(16);

  private final PrintStream out;
  private final Map<Finding.Level, Integer> counts = new EnumMap<>(Finding.Level.class);

  public Report(PrintStream out) {
    this.out = out;
  }

  public void add(Finding finding) {
    counts.merge(finding.level(), 1, Integer::sum);
    out.printf("%-5s%-10s %s%n", mark(finding.level()), finding.subject(), finding.words());
    finding.remedy().lines().forEach(line -> out.println(INDENT + line));
  }

  private static String mark(Finding.Level level) {
    return switch (level) {
      case OK -> "ok";
      case NOTE -> "note";
      case FAIL -> "FAIL";
    };
  }

  public boolean hasFailures() {
    return counts.containsKey(Finding.Level.FAIL);
  }

  /** How many of each, in a sentence. */
  public String summary() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%d checks: %d failed, %d to be known, %d ok"
        .formatted(
            all,
            counts.getOrDefault(Finding.Level.FAIL, 0),
            counts.getOrDefault(Finding.Level.NOTE, 0),
            counts.getOrDefault(Finding.Level.OK, 0));
  }
}
