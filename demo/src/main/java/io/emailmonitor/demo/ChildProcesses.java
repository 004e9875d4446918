package io.emailmonitor.demo;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts processes so that none outlives the demo, and stops them in reverse order. */
final class ChildProcesses implements Closeable {
  private static final int GRACE_SECONDS = 20;

  private final List<ChildProcess> children = new ArrayList<>();
  private final String mark;
  private final Process watchdog;

  /**
   * @param mark stands in the command line of every process that is started, and in no other's
   */
  ChildProcesses(String mark) throws IOException {
    this.mark = mark;
    String classPath = System.getProperty("java.class.path");
    watchdog =
        new ProcessBuilder(
                java(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Watchdog.class.getName(),
                mark)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  ChildProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    if (command.stream().noneMatch(word -> word.contains(mark))) {
      throw new IllegalArgumentException("the watchdog would not find " + command);
    }
    File log = directory.resolve(name + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().putAll(environment);
    ChildProcess child = new ChildProcess(name, builder.start(), log.toPath());
    children.add(child);
    return child;
  }

  /** Fails with the end of its log if a process has ended that should not have. */
  void check() {
    children.forEach(ChildProcess::check);
  }

  @Override
  public void close() throws IOException {
    for (int i = children.size() - 1; i >= 0; i--) {
      Process process = children.get(i).process();
      process.destroy();
      if (!exited(process)) {
        process.destroyForcibly();
      }
    }
    watchdog.getOutputStream().close();
  }

  private static boolean exited(Process process) {
    try {
      return process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
