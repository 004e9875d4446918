package io.emailmonitor.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/**
 * A process of its own that ends what the demo started when the demo dies, whatever killed it: its
 * standard input is a pipe from the demo, which the operating system closes with the demo's last
 * breath.
 */
final class Watchdog {
  /** A process that was being started when the demo died shows its command line a moment later. */
  private static final int ROUNDS = 10;

  private static final int PAUSE_MILLIS = 200;

  private Watchdog() {}

  /** Waits for the demo's end, then ends every process whose command line holds the given mark. */
  public static void main(String... marks) throws IOException, InterruptedException {
    long ignored = System.in.transferTo(OutputStream.nullOutputStream());
    for (int round = 0; round < ROUNDS; round++) {
      marked(marks[0]).forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static Stream<ProcessHandle> marked(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> !process.equals(ProcessHandle.current()))
        .filter(process -> process.info().commandLine().orElse("").contains(mark));
  }
}
