package io.emailmonitor.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that ends what the demo started when the demo dies, whatever killed it: its
 * standard input is a pipe from the demo, which the operating system closes with the demo's last
 * breath.
 */
final class Watchdog {
  private Watchdog() {}

  public static void main(String[] args) throws IOException {
    List<ProcessHandle> watched = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String pid = in.readLine(); pid != null; pid = in.readLine()) {
        // Held by handle, not by number: a handle knows when its process is gone and the number is
        // another's.
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
        process.ifPresent(watched::add);
      }
    }
    watched.forEach(ProcessHandle::destroyForcibly);
  }
}
