package io.emailmonitor.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How the demo was called.
 *
 * @param once end by itself when everything is accounted for
 * @param mails mailboxes to serve instead of the samples
 * @param workers how many worker processes run
 * @param keep leave the working directory behind
 */
record Options(boolean once, Optional<Path> mails, int workers, boolean keep, boolean help) {
  static final String USAGE =
      """
      usage: ./demo.sh [--once] [--mails DIR] [--workers N] [--keep]

        --once         stop when every attachment is accounted for; exit code 0 only if all is right
        --mails DIR    serve your own mail: DIR/<mailbox address>/<folder>/*.eml
        --workers N    worker processes, 1 to 16 (default 2)
        --keep         keep the processed files, logs and ledger when the demo ends

      Environment: REDIS_URL uses that Redis (on a queue of the demo's own) instead of the embedded one.
      """;

  static Options parse(String... args) {
    boolean once = false;
    boolean keep = false;
    boolean help = false;
    int workers = 2;
    Path mails = null;
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--once" -> once = true;
        case "--keep" -> keep = true;
        case "--help", "-h" -> help = true;
        case "--workers" -> workers = workers(value(option, rest));
        case "--mails" -> mails = directory(value(option, rest));
        default -> throw new DemoException("unknown option '" + option + "'\n\n" + USAGE);
      }
    }
    return new Options(once, Optional.ofNullable(mails), workers, keep, help);
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new DemoException(option + " needs a value\n\n" + USAGE);
    }
    return rest.pop();
  }

  private static int workers(String value) {
    if (!value.matches("[1-9]|1[0-6]")) {
      throw new DemoException("--workers is '" + value + "': a number from 1 to 16 is needed");
    }
    return Integer.parseInt(value);
  }

  private static Path directory(String value) {
    Path directory = Path.of(value).toAbsolutePath();
    if (!Files.isDirectory(directory)) {
      throw new DemoException("--mails is '" + value + "': no such directory");
    }
    return directory;
  }
}
