package io.emailmonitor.benchmarks;

import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Population;

/** What a monitor has used and done up to an instant, or between two. */
record Usage(
    long requests, double cpuMillis, long allocated, long messages, long cycles, double seconds) {
  static Usage of(MonitorUnderTest monitor, GraphSimulator graph, int mailboxes) throws Exception {
    long requests = 0;
    for (int i = 1; i <= mailboxes; i++) {
      requests += graph.requests(Population.address(i));
    }
    return new Usage(
        requests,
        monitor.cpuMillis(),
        monitor.allocated(),
        monitor.messages(),
        monitor.cycles(),
        System.nanoTime() / 1e9);
  }

  Usage minus(Usage before) {
    return new Usage(
        requests - before.requests,
        cpuMillis - before.cpuMillis,
        allocated - before.allocated,
        messages - before.messages,
        cycles - before.cycles,
        seconds - before.seconds);
  }
}
