package io.emailmonitor.benchmarks;

import java.util.Arrays;

/** The entrance: runs the command that the first argument names. */
public final class Benchmarks {
  private static final String USAGE =
      """
      usage: java -jar benchmarks.jar COMMAND
        enqueue --port P --queue Q --workload F.jsonl --count N [--pace-ms MS] [--threads T]
        consume --port P --queue Q --count N --idle-ms MS [--wait] [--threads T]
        mailboxes --port P [--mailboxes 200] [--messages 20] [--largest 2000] [--rounds 10] [--poll-seconds 10] [--heap 512m] [--monitor JAR]
        contender                       prints this program's entry for the harness
        jmh [JMH's own arguments]       benchmarks of the codec""";

  private Benchmarks() {}

  /** Ends with status 2 when the command is not known. */
  public static void main(String[] args) throws Exception {
    String command = args.length == 0 ? "" : args[0];
    String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
    switch (command) {
      case "enqueue" -> new Enqueue(Options.parse(rest)).run();
      case "consume" -> new Consume(Options.parse(rest)).run();
      case "mailboxes" -> new Mailboxes(Options.parse(rest)).run();
      case "contender" -> System.out.println(Contender.json());
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }
}
