package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.util.List;

/**
 * Runs a program for each task, without a shell. The content comes on its standard input or as a
 * file, the task's facts in its environment, and its exit code says what is to become of the task.
 * Its standard output is thrown away. Thread-safe.
 */
final class ExecHandler implements TaskHandler {
  /** The argument in whose place the program gets the path of the content's file. */
  static final String FILE = "{file}";

  private final List<String> command;
  private final boolean asFile;
  private final ExitCodes exitCodes;

  ExecHandler(List<String> command, boolean asFile, ExitCodes exitCodes) {
    this.command = List.copyOf(command);
    this.asFile = asFile;
    this.exitCodes = exitCodes;
  }

  @Override
  public Outcome handle(Attempt attempt) throws IOException, InterruptedException {
    try (ChildProcess child = ChildProcess.start(prepare(attempt))) {
      int code = asFile ? child.await() : child.feed(attempt::transferContentTo);
      return exitCodes.outcome(code, child.lastWords());
    }
  }

  private ProcessBuilder prepare(Attempt attempt) throws IOException {
    String file = asFile ? attempt.contentFile().toString() : "";
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(arg -> arg.equals(FILE) ? file : arg).toList());
    TaskEnvironment.write(attempt, file, builder.environment());
    return builder;
  }
}
