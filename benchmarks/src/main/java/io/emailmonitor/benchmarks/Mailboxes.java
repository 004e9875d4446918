package io.emailmonitor.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Population;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The real monitor on many mailboxes of the simulator, one of them large: what a message and an
 * idle mailbox cost, whether its memory stays flat, and how long mail of quiet mailboxes waits
 * while the large one is read.
 */
final class Mailboxes {
  private static final int ATTACHMENT_BYTES = 20_000;
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(2);

  private final int mailboxes;
  private final int messages;
  private final int largest;
  private final int rounds;
  private final Options options;
  private final Random random = new Random(1);
  private final List<Double> waits = Collections.synchronizedList(new ArrayList<>());
  private int probes;

  Mailboxes(Options options) {
    this.options = options;
    mailboxes = options.number("mailboxes", 200);
    messages = options.number("messages", 20);
    largest = options.number("largest", 2000);
    rounds = options.number("rounds", 10);
  }

  void run() throws Exception {
    Population population = new Population(mailboxes, messages, largest, ATTACHMENT_BYTES);
    OwnQueue own = new OwnQueue(options, "mailboxes");
    try (GraphSimulator graph =
            GraphSimulator.builder()
                .population(population)
                .requestsPerTenMinutes(Integer.MAX_VALUE)
                .build()
                .start();
        RedisTaskQueue queue = own.open();
        Arrivals arrivals = new Arrivals(queue);
        MonitorUnderTest monitor =
            MonitorUnderTest.start(
                Path.of(options.text("monitor", "monitor-service/target/monitor-service.jar")),
                options.text("heap", "512m"),
                graph.baseUri(),
                options.number("port"),
                own.name(),
                options.number("poll-seconds", 10))) {
      read(graph, arrivals, monitor);
      idle(graph, monitor);
    } finally {
      own.forget();
    }
  }

  /** From the first tenth, when everything is compiled, to the last message. */
  private void read(GraphSimulator graph, Arrivals arrivals, MonitorUnderTest monitor)
      throws Exception {
    long all = graph.totals().messages();
    long small = all - largest;
    monitor.awaitMessages(all / 10, LONGEST);
    print("live heap, at 10 %% of the messages: %.1f MB", monitor.liveHeap() / 1e6);
    Usage begun = Usage.of(monitor, graph, mailboxes);
    monitor.awaitMessages(Math.min(all * 9 / 10, small + largest / 10), LONGEST);
    while (monitor.messages() < (all + probes) * 95 / 100) {
      probe(graph, arrivals);
      TimeUnit.MILLISECONDS.sleep(BETWEEN_PROBES.toMillis());
    }
    monitor.awaitMessages(all + probes, LONGEST);
    Usage used = Usage.of(monitor, graph, mailboxes).minus(begun);
    print("live heap, at the end: %.1f MB", monitor.liveHeap() / 1e6);
    print(
        "a message: %.2f requests, %.2f ms CPU, %.0f kB allocated (%d messages in %.0f s)",
        (double) used.requests() / used.messages(),
        used.cpuMillis() / used.messages(),
        used.allocated() / 1e3 / used.messages(),
        used.messages(),
        used.seconds());
    List<Double> sorted = waits.stream().sorted().toList();
    if (!sorted.isEmpty()) {
      print(
          "from a mail's arrival in a quiet mailbox to the queue: %.1f s median, %.1f s longest"
              + " (%d of %d mails)",
          sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), sorted.size(), probes);
    }
  }

  private void probe(GraphSimulator graph, Arrivals arrivals) {
    String quiet = Population.address(2 + random.nextInt(mailboxes - 1));
    String id = graph.deliver(quiet, "inbox", eml(probes++));
    long arrived = System.nanoTime();
    arrivals.expect(id, () -> waits.add((System.nanoTime() - arrived) / 1e9));
  }

  private static byte[] eml(int number) {
    String content = Base64.getEncoder().encodeToString(("%PDF-1.7 " + number).getBytes(UTF_8));
    return """
        Subject: probe %d
        From: ann@partner.example
        MIME-Version: 1.0
        Content-Type: application/pdf
        Content-Disposition: attachment; filename="probe.pdf"
        Content-Transfer-Encoding: base64

        %s
        """
        .formatted(number, content)
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }

  /** Nothing changes any more, and all mailboxes are looked at again and again. */
  private void idle(GraphSimulator graph, MonitorUnderTest monitor) throws Exception {
    monitor.awaitCycles(2, LONGEST);
    Usage begun = Usage.of(monitor, graph, mailboxes);
    monitor.awaitCycles(rounds, LONGEST);
    Usage used = Usage.of(monitor, graph, mailboxes).minus(begun);
    double visits = (double) used.cycles() * mailboxes;
    print(
        "an idle mailbox, each round: %.2f requests, %.3f ms CPU, %.1f kB allocated"
            + " (%d mailboxes, %d rounds)",
        used.requests() / visits,
        used.cpuMillis() / visits,
        used.allocated() / 1e3 / visits,
        mailboxes,
        used.cycles());
    print("live heap, idle: %.1f MB", monitor.liveHeap() / 1e6);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
