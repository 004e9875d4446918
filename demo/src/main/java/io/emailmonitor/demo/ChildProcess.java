package io.emailmonitor.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A started process.
 *
 * @param log where all that it prints goes
 */
record ChildProcess(String name, Process process, Path log) {
  private static final int SHOWN_LINES = 15;

  /** Fails with the end of the log if the process has ended. */
  void check() {
    if (!process.isAlive()) {
      throw new DemoException(
          name + " ended with exit code " + process.exitValue() + ". Its last words:\n" + tail());
    }
  }

  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read)";
    }
  }
}
