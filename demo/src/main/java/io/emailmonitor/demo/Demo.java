package io.emailmonitor.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the whole system and reports what became of every attachment. */
public final class Demo {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SHOWN_PROBLEMS = 10;

  private final Options options;
  private final Installation installation;
  private final Progress progress = new Progress();
  private Reckoning reckoning = Reckoning.NOTHING;

  private Demo(Options options, Installation installation) {
    this.options = options;
    this.installation = installation;
  }

  public static void main(String... args) {
    try {
      Options options = Options.parse(args);
      if (options.help()) {
        System.out.print(Options.USAGE);
        return;
      }
      System.exit(run(options) ? 0 : 1);
    } catch (DemoException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println("demo: " + e);
      System.exit(2);
    }
  }

  private static boolean run(Options options) throws IOException {
    Path directory = Files.createTempDirectory("email-monitor-demo-");
    CountDownLatch finished = new CountDownLatch(1);
    stopOnSignal(Thread.currentThread(), finished);
    try (Installation installation = Installation.start(options, directory)) {
      Demo demo = new Demo(options, installation);
      demo.announce();
      demo.watch();
      return demo.conclude();
    } finally {
      if (!options.keep()) {
        delete(directory);
      }
      finished.countDown();
    }
  }

  /** Ctrl-C interrupts the work and then waits for the summary and for the processes to end. */
  private static void stopOnSignal(Thread main, CountDownLatch finished) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  main.interrupt();
                  try {
                    boolean unused = finished.await(60, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private void announce() {
    System.out.println("Email Monitor runs: " + installation.monitor().address());
    System.out.println("  Redis " + installation.redis().description());
    System.out.println("  files, logs and ledger in " + installation.directory());
    System.out.println(
        options.once() ? "It ends when everything is accounted for." : "Ctrl-C ends it.");
    System.out.println();
  }

  /** Follows the work until it is done, its time is up or somebody stops it. */
  private void watch() throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    try {
      boolean done = false;
      while (!done && !(options.once() && Instant.now().isAfter(deadline))) {
        installation.check();
        done = look() && options.once();
        Thread.sleep(TICK.toMillis());
      }
    } catch (InterruptedException e) {
      // Stopped from outside: the last look is what there is to report.
    } finally {
      progress.end();
    }
  }

  /** Takes stock; true when nothing is left to do. */
  private boolean look() throws IOException, InterruptedException {
    Optional<List<Recorded>> ledger = installation.monitor().ledger();
    if (ledger.isEmpty()) {
      progress.show("starting ...");
      return false;
    }
    reckoning =
        Reckoning.of(installation.truth(), ledger.get(), SavedFiles.in(installation.output()));
    progress.show(reckoning.inOneLine());
    return reckoning.problems().isEmpty();
  }

  private boolean conclude() {
    System.out.println(SummaryTable.of(reckoning));
    List<String> problems = reckoning.problems();
    problems.stream().limit(SHOWN_PROBLEMS).forEach(System.out::println);
    if (problems.size() > SHOWN_PROBLEMS) {
      System.out.println("... and " + (problems.size() - SHOWN_PROBLEMS) + " more");
    }
    boolean complete = reckoning.attachments() > 0 && problems.isEmpty();
    System.out.println(
        complete
            ? "Every attachment is accounted for, and every processed file has the right SHA-256."
            : "NOT everything is accounted for.");
    return complete || !options.once();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
